package dev.gptoss.spring.autoconfigure;

import org.springframework.context.ApplicationContext;

/** Whether Spring Boot's developer tools restart this application. */
final class Devtools {

    private static final String RESTART_CLASS_LOADER =
            "org.springframework.boot.devtools.restart.classloader.RestartClassLoader";

    private Devtools() {}

    static boolean restarts(ApplicationContext context) {
        ClassLoader loader = context.getClassLoader();
        return loader != null && loader.getClass().getName().equals(RESTART_CLASS_LOADER);
    }
}
