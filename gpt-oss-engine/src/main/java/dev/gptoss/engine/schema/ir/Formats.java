package dev.gptoss.engine.schema.ir;

import dev.gptoss.engine.schema.regex.Dfa;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The formats that are asserted. Where a specification leaves room, the part that every reader agrees on is taken: years
 * from 0001, no leap seconds, offsets up to 18 hours and at most nine digits of a second (what {@code java.time} reads),
 * host names without encoded labels.
 */
final class Formats {

    /** A format as a pattern and a bound on the length. */
    record Format(String pattern, int maxLength) {}

    private static final String DATE = "(?!0000)(?:\\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])"
            + "|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|02-(?:0[1-9]|1\\d|2[0-8]))"
            + "|(?:\\d\\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)";
    private static final String TIME =
            "(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d{1,9})?" + "(?:[Zz]|[+-](?:(?:0\\d|1[0-7]):[0-5]\\d|18:00))";
    private static final String DURATION_TIME =
            "T(?:\\d{1,9}H(?:\\d{1,9}M(?:\\d{1,9}S)?)?|\\d{1,9}M(?:\\d{1,9}S)?|\\d{1,9}S)";
    private static final String DURATION_DATE =
            "(?:\\d{1,9}Y(?:\\d{1,9}M(?:\\d{1,9}D)?)?|\\d{1,9}M(?:\\d{1,9}D)?|\\d{1,9}D)";
    // At most 63 characters; "--" in the third and fourth place marks an encoded label.
    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9]|[A-Za-z0-9-][A-Za-z0-9]"
            + "|[A-Za-z0-9-]{2}[A-Za-z0-9]"
            + "|[A-Za-z0-9-](?:[A-Za-z0-9][A-Za-z0-9-]|-[A-Za-z0-9])[A-Za-z0-9-]{0,58}[A-Za-z0-9])?";
    private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
    private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final String IPV4 = "(?:" + OCTET + "\\.){3}" + OCTET;
    private static final String H16 = "[0-9A-Fa-f]{1,4}";
    private static final String LS32 = "(?:" + H16 + ":" + H16 + "|" + IPV4 + ")";
    private static final String IPV6 = "(?:(?:" + H16 + ":){6}" + LS32
            + "|::(?:" + H16 + ":){5}" + LS32
            + "|(?:" + H16 + ")?::(?:" + H16 + ":){4}" + LS32
            + "|(?:(?:" + H16 + ":){0,1}" + H16 + ")?::(?:" + H16 + ":){3}" + LS32
            + "|(?:(?:" + H16 + ":){0,2}" + H16 + ")?::(?:" + H16 + ":){2}" + LS32
            + "|(?:(?:" + H16 + ":){0,3}" + H16 + ")?::" + H16 + ":" + LS32
            + "|(?:(?:" + H16 + ":){0,4}" + H16 + ")?::" + LS32
            + "|(?:(?:" + H16 + ":){0,5}" + H16 + ")?::" + H16
            + "|(?:(?:" + H16 + ":){0,6}" + H16 + ")?::)";
    private static final String UCS = "\\u00a0-\\ud7ff\\uf900-\\ufdcf\\ufdf0-\\uffef\\u{10000}-\\u{1fffd}";
    private static final String JSON_POINTER = "(?:/(?:[^~/]|~[01])*)*";
    private static final String VARSPEC =
            "(?:\\w|%[0-9A-Fa-f]{2})(?:\\.?(?:\\w|%[0-9A-Fa-f]{2}))*(?::[1-9]\\d{0,3}|\\*)?";

    private static final Map<String, Format> STRINGS = new HashMap<>();

    static {
        put("date", DATE);
        put("time", TIME);
        put("date-time", DATE + "[Tt]" + TIME);
        put("duration", "P(?:" + DURATION_DATE + "(?:" + DURATION_TIME + ")?|" + DURATION_TIME + "|\\d{1,9}W)");
        put("hostname", LABEL + "(?:\\." + LABEL + ")*", 253);
        put("idn-hostname", LABEL + "(?:\\." + LABEL + ")*", 253);
        String domain = "(?:" + LABEL + "\\.)+(?![0-9-]+$)" + LABEL;
        String local = "(?=.{1,64}@)" + ATOM + "(?:\\." + ATOM + ")*";
        put("email", local + "@" + domain, 254);
        put("idn-email", local + "@" + domain, 254);
        put("ipv4", IPV4);
        put("ipv6", IPV6);
        put("uuid", "[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");
        put("uri", uri(""));
        put("uri-reference", uri("") + "|" + relative(""));
        put("iri", uri(UCS));
        put("iri-reference", uri(UCS) + "|" + relative(UCS));
        put(
                "uri-template",
                "(?:[A-Za-z0-9._~:/?#@!$&()*+,;=\\[\\]-]|%[0-9A-Fa-f]{2}|\\{[+#./;?&]?" + VARSPEC + "(?:," + VARSPEC
                        + ")*\\})*");
        put("json-pointer", JSON_POINTER);
        put("relative-json-pointer", "(?:0|[1-9]\\d{0,8})(?:#|" + JSON_POINTER + ")");
        put("byte", "(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?");
        put("regex", regex());
    }

    private static final Map<String, NumberTerm> NUMBERS = Map.of(
            "int32",
                    NumberTerm.integers(BigDecimal.valueOf(Integer.MIN_VALUE), BigDecimal.valueOf(Integer.MAX_VALUE))
                            .bare(),
            "int64",
                    NumberTerm.integers(BigDecimal.valueOf(Long.MIN_VALUE), BigDecimal.valueOf(Long.MAX_VALUE))
                            .bare(),
            "float", NumberTerm.between(new BigDecimal(-Float.MAX_VALUE), new BigDecimal(Float.MAX_VALUE)),
            "double", NumberTerm.FREE);

    private Formats() {}

    private static void put(String name, String pattern) {
        put(name, pattern, Dfa.UNBOUNDED);
    }

    private static void put(String name, String pattern, int maxLength) {
        STRINGS.put(name, new Format("^(?:" + pattern + ")$", maxLength));
    }

    /** RFC 3986 section 3, with at least one character after the scheme. */
    private static String uri(String more) {
        return "[A-Za-z][A-Za-z0-9+.-]*:(?:" + authority(more) + path(more) + "|/(?:" + segment(more, "+") + path(more)
                + ")?|" + segment(more, "+") + path(more) + ")" + tail(more);
    }

    /** RFC 3986 section 4.2. */
    private static String relative(String more) {
        String first = "(?:[A-Za-z0-9._~!$&'()*+,;=@" + more + "-]|%[0-9A-Fa-f]{2})+";
        return "(?:" + authority(more) + path(more) + "|/(?:" + segment(more, "+") + path(more) + ")?|" + first
                + path(more) + "|)" + tail(more);
    }

    private static String authority(String more) {
        String name = "(?:[A-Za-z0-9._~!$&'()*+,;=" + more + "-]|%[0-9A-Fa-f]{2})";
        String user = "(?:[A-Za-z0-9._~!$&'()*+,;=:" + more + "-]|%[0-9A-Fa-f]{2})*@";
        return "//(?:(?:" + user + ")?(?:" + name + "+|\\[" + IPV6 + "\\])(?::\\d{1,5})?|(?=/))";
    }

    private static String segment(String more, String times) {
        return "(?:[A-Za-z0-9._~!$&'()*+,;=:@" + more + "-]|%[0-9A-Fa-f]{2})" + times;
    }

    private static String path(String more) {
        return "(?:/" + segment(more, "*") + ")*";
    }

    private static String tail(String more) {
        String part = "(?:[A-Za-z0-9._~!$&'()*+,;=:@/?" + more + "-]|%[0-9A-Fa-f]{2})*";
        return "(?:\\?" + part + ")?(?:#" + part + ")?";
    }

    /** Patterns whose groups nest at most three deep; deeper nesting is not a regular language. */
    private static String regex() {
        String plain =
                "[^\\\\()\\[\\]{}*+?|^$\\r\\n\\u2028\\u2029]|\\\\[dDwWsStnrfv.*+?^$|(){}\\[\\]\\\\/-]|\\[\\^?(?:[^\\\\\\[\\]^\\r\\n\\u2028\\u2029-]|\\\\[dDwWsS\\\\\\]\\[-]|[a-y]-z|[A-Y]-Z|[0-8]-9)+\\]";
        String body = "";
        for (int depth = 0; depth < 3; depth++) {
            String atom = "(?:" + plain + (body.isEmpty() ? "" : "|\\((?:\\?:)?" + body + "\\)")
                    + ")(?:[*+?]\\??|\\{\\d{1,2}\\})?";
            body = "(?:" + atom + "|[\\^$|])*";
        }
        return body;
    }

    static @Nullable Format string(String name) {
        return STRINGS.get(name);
    }

    static @Nullable NumberTerm number(String name) {
        return NUMBERS.get(name);
    }
}
