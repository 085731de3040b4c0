package dev.gptoss.spring.records;

/** An answer could not be read as the type that was asked for. The answer is kept. */
public final class RecordConversionException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String answer;

    RecordConversionException(String type, String answer, Throwable cause) {
        super("The answer cannot be read as " + type + ": " + cause.getMessage(), cause);
        this.answer = answer;
    }

    /** The answer as the model gave it. */
    public String answer() {
        return answer;
    }
}
