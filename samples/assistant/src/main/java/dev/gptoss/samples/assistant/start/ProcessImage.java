package dev.gptoss.samples.assistant.start;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;

/**
 * The program of this process. Replacing it keeps the process: its id, terminal, streams and signals are those of the new
 * program, and so is the exit code.
 */
final class ProcessImage {

    private ProcessImage() {}

    /** Whether the system is of the kind that can. */
    static boolean isReplaceable() {
        return !System.getProperty("os.name").startsWith("Windows");
    }

    /** Becomes another program, by {@code execv} of POSIX. Returns only if that is refused. */
    static void replaceBy(List<String> command) {
        try (Arena arena = Arena.ofConfined()) {
            Linker linker = Linker.nativeLinker();
            MethodHandle execv = linker.downcallHandle(
                    linker.defaultLookup().findOrThrow("execv"),
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS));
            MemorySegment words = arena.allocate(ValueLayout.ADDRESS, command.size() + 1L); // ends with null
            for (int i = 0; i < command.size(); i++) {
                words.setAtIndex(ValueLayout.ADDRESS, i, arena.allocateFrom(command.get(i)));
            }
            int failed = (int) execv.invokeExact(arena.allocateFrom(command.getFirst()), words);
            assert failed < 0;
        } catch (Throwable refused) {
            // Not allowed to call native code, or no such function: the application starts in this program.
            System.getLogger(ProcessImage.class.getName()).log(System.Logger.Level.DEBUG, "no exec", refused);
        }
    }
}
