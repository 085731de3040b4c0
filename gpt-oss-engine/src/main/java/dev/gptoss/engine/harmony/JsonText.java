package dev.gptoss.engine.harmony;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.HexFormat;
import tools.jackson.databind.JsonNode;

/**
 * Compact JSON as the reference library prints it: keys in order, no escape that is not needed, non-integers as the
 * shortest decimal that reads back.
 */
final class JsonText {

    private static final BigInteger LARGEST_INTEGER = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

    private JsonText() {}

    static String of(JsonNode value) {
        StringBuilder text = new StringBuilder();
        append(text, value);
        return text.toString();
    }

    private static void append(StringBuilder text, JsonNode value) {
        if (value.isObject()) {
            String separator = "{";
            for (var property : value.properties()) {
                text.append(separator);
                string(text, property.getKey());
                text.append(':');
                append(text, property.getValue());
                separator = ",";
            }
            text.append(value.isEmpty() ? "{}" : "}");
        } else if (value.isArray()) {
            String separator = "[";
            for (JsonNode element : value) {
                text.append(separator);
                append(text, element);
                separator = ",";
            }
            text.append(value.isEmpty() ? "[]" : "]");
        } else if (value.isString()) {
            string(text, value.stringValue());
        } else if (value.isNumber()) {
            text.append(number(value));
        } else {
            text.append(value);
        }
    }

    private static void string(StringBuilder text, String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\b' -> text.append("\\b");
                case '\f' -> text.append("\\f");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (c < 0x20) {
                        text.append("\\u").append(HexFormat.of().toHexDigits(c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }

    private static String number(JsonNode value) {
        if (value.isIntegralNumber()) {
            BigInteger integer = value.bigIntegerValue();
            boolean fits = integer.bitLength() <= 63 || integer.signum() > 0 && integer.compareTo(LARGEST_INTEGER) <= 0;
            return fits ? integer.toString() : decimal(integer.doubleValue());
        }
        return decimal(value.doubleValue());
    }

    /** Decimal notation while the point falls within 16 digits or at most 4 zeros follow it, else an exponent. */
    static String decimal(double value) {
        if (!Double.isFinite(value)) {
            return "null";
        }
        String sign = Math.copySign(1, value) < 0 ? "-" : "";
        if (value == 0) {
            return sign + "0.0";
        }
        BigDecimal shortest = shortest(Math.abs(value));
        String digits = shortest.unscaledValue().toString();
        int point = digits.length() - shortest.scale(); // place of the decimal point, counted from the first digit
        if (point > 16 || point < -4) {
            String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
            return sign + digits.charAt(0) + fraction + "e" + (point - 1);
        }
        if (point <= 0) {
            return sign + "0." + "0".repeat(-point) + digits;
        }
        if (point >= digits.length()) {
            return sign + digits + "0".repeat(point - digits.length()) + ".0";
        }
        return sign + digits.substring(0, point) + "." + digits.substring(point);
    }

    /** The shortest decimal that reads back; {@code Double.toString} never gives less than two digits. */
    private static BigDecimal shortest(double value) {
        BigDecimal two = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        if (two.precision() == 2) {
            BigDecimal one =
                    two.setScale(two.scale() - 1, RoundingMode.HALF_EVEN).stripTrailingZeros();
            if (one.doubleValue() == value) {
                return one;
            }
        }
        return two;
    }
}
