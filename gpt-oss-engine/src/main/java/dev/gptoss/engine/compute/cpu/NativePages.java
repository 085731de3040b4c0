package dev.gptoss.engine.compute.cpu;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * Anonymous memory of Linux: zero without being written, so that each page is first touched by the thread that fills it,
 * and in huge pages where the system grants them.
 */
final class NativePages {

    private static final int READ_WRITE = 3; // PROT_READ | PROT_WRITE
    private static final int PRIVATE_ANONYMOUS = 0x22; // MAP_PRIVATE | MAP_ANONYMOUS
    private static final int HUGE_PAGES = 14; // MADV_HUGEPAGE
    private static final long FAILED = -1;

    private final MethodHandle mmap;
    private final MethodHandle munmap;
    private final MethodHandle madvise;

    private NativePages(Linker linker) {
        mmap = handle(
                linker,
                "mmap",
                FunctionDescriptor.of(
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_INT,
                        ValueLayout.JAVA_LONG));
        munmap = handle(
                linker,
                "munmap",
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));
        madvise = handle(
                linker,
                "madvise",
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));
    }

    private static MethodHandle handle(Linker linker, String name, FunctionDescriptor type) {
        return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), type);
    }

    /** Empty where this is not Linux on 64 bits, or Java was started without native access. */
    static Optional<NativePages> find() {
        boolean known = System.getProperty("os.name", "").equals("Linux")
                && ValueLayout.ADDRESS.byteSize() == Long.BYTES
                && NativePages.class.getModule().isNativeAccessEnabled();
        return known ? Optional.of(new NativePages(Linker.nativeLinker())) : Optional.empty();
    }

    /**
     * Memory that is freed when the arena is closed.
     *
     * @throws OutOfMemoryError if the system has no such range
     */
    MemorySegment allocate(long bytes, Arena arena) {
        try {
            long address = (long) mmap.invokeExact(0L, bytes, READ_WRITE, PRIVATE_ANONYMOUS, -1, 0L);
            if (address == FAILED) {
                throw new OutOfMemoryError("the system grants no " + bytes + " bytes of memory");
            }
            // only a wish: where it is not granted pages are small
            int advised = (int) madvise.invokeExact(address, bytes, HUGE_PAGES);
            assert advised == 0 || advised == -1;
            return MemorySegment.ofAddress(address).reinterpret(bytes, arena, segment -> free(segment, bytes));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private void free(MemorySegment segment, long bytes) {
        try {
            int freed = (int) munmap.invokeExact(segment.address(), bytes);
            assert freed == 0;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
