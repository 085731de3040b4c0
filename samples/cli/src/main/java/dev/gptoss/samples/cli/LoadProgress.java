package dev.gptoss.samples.cli;

import dev.gptoss.engine.compute.LoadListener;

/** Tells how far a load is, each time another tenth of at least a gigabyte is there. */
final class LoadProgress implements LoadListener {

    private static final long WORTH_TELLING = 1L << 30;

    private final Console console;
    private long told;

    LoadProgress(Console console) {
        this.console = console;
    }

    @Override
    public synchronized void onProgress(long done, long total) {
        if (total < WORTH_TELLING) {
            return;
        }
        long tenths = done * 10 / total;
        if (tenths > told) {
            told = tenths;
            console.note("loading: " + tenths * 10 + " % of " + total / 1_000_000 + " MB");
        }
    }
}
