package dev.gptoss.spring.tool;

/** Two beans declare tools of the same name. */
public final class DuplicateToolNameException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String tool;
    private final String first;
    private final String second;

    DuplicateToolNameException(String tool, String first, String second) {
        super("The tool name '" + tool + "' is declared twice: by " + first + " and by " + second + ".");
        this.tool = tool;
        this.first = first;
        this.second = second;
    }

    /** The name that is not unique. */
    public String tool() {
        return tool;
    }

    /** Bean and method that declare it first. */
    public String first() {
        return first;
    }

    /** Bean and method that declare it again. */
    public String second() {
        return second;
    }
}
