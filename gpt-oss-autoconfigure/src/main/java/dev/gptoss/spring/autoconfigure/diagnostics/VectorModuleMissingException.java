package dev.gptoss.spring.autoconfigure.diagnostics;

/** The module jdk.incubator.vector is absent, and the application asked not to start without it. */
public final class VectorModuleMissingException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** How to add the module, for every usual way to start an application. */
    public static final String ADVICE = """
            The module jdk.incubator.vector is not loaded, so the model computes without vector instructions, several \
            times slower. Start the JVM with --add-modules=jdk.incubator.vector:
              java -jar:  java --add-modules=jdk.incubator.vector -jar app.jar
              Maven:      <jvmArguments>--add-modules=jdk.incubator.vector</jvmArguments> of spring-boot-maven-plugin
              Gradle:     tasks.named("bootRun") { jvmArgs("--add-modules=jdk.incubator.vector") }
              Docker:     ENV JDK_JAVA_OPTIONS="--add-modules=jdk.incubator.vector"
              IDE:        the same flag in the VM options of the run configuration
            A manifest entry has no effect.""";

    public VectorModuleMissingException() {
        super(ADVICE);
    }
}
