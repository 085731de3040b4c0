package dev.gptoss.engine.tokenizer;

import java.util.Random;

/** Random strings of characters that the pre-split treats differently, whole code points and lone surrogates. */
final class RandomText {

    static final int STRINGS = Boolean.getBoolean("gptoss.full") ? 20_000 : 2_000;

    private static final String[] FRAGMENTS = {
        "a",
        "b",
        "s",
        "t",
        "re",
        "LL",
        "A",
        "B",
        "Z",
        "ǅ",
        "ʰ",
        "中",
        "あ",
        "é",
        "e\u0301",
        "\u0301",
        "\u0903",
        "\u20DD",
        "0",
        "9",
        "٣",
        "Ⅷ",
        "½",
        " ",
        "  ",
        "\t",
        "\n",
        "\r",
        "\r\n",
        "\u000B",
        "\f",
        "\u001C",
        "\u001F",
        "\u0085",
        "\u00A0",
        "\u1680",
        "\u180E",
        "\u2003",
        "\u200B",
        "\u2028",
        "\u2029",
        "\u202F",
        "\u205F",
        "\u3000",
        "\uFEFF",
        "'",
        "'s",
        "'S",
        "'\u017F",
        "\u017F",
        "’",
        "'re",
        "'VE",
        "'ll",
        "'lL",
        "'d",
        "'m",
        "'t",
        ".",
        "/",
        "//",
        "!",
        "-",
        "_",
        "\u0000",
        "\u007F",
        "😀",
        "𝐀",
        "𝐚",
        "𝟘",
        "\uD83C\uDDE9",
        "\u200D",
        "𐐀",
        "𐐨",
        "\u0378",
        "\uE000",
        "<|end|>",
    };

    private final Random random;

    RandomText(long seed) {
        random = new Random(seed);
    }

    /** Up to 24 fragments. */
    String next() {
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(24); n > 0; n--) {
            text.append(random.nextInt(12) == 0 ? anyCodePoint() : FRAGMENTS[random.nextInt(FRAGMENTS.length)]);
        }
        return text.toString();
    }

    /** As {@link #next}, with lone surrogates strewn in. */
    String nextWithLoneSurrogates() {
        StringBuilder text = new StringBuilder(next());
        for (int n = random.nextInt(4); n > 0; n--) {
            text.insert(random.nextInt(text.length() + 1), (char) (0xD800 + random.nextInt(0x800)));
        }
        return text.toString();
    }

    private String anyCodePoint() {
        int point = random.nextInt(random.nextBoolean() ? 0x10000 : 0x110000);
        return point >= 0xD800 && point < 0xE000 ? "?" : Character.toString(point);
    }
}
