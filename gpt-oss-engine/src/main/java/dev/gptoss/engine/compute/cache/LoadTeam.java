package dev.gptoss.engine.compute.cache;

/** The threads of a load, and whoever follows it. */
public interface LoadTeam {

    /** Work of which every member does a part until there is no more. */
    interface Work {
        /** @param member 0 for the thread that loads */
        void run(int member);
    }

    /** Runs {@code work} on all members and waits for them; the first failure of any is thrown. */
    void run(Work work);

    /** Whether to stop; asked by member 0. */
    boolean isCancelled();

    /** Tells the bytes that are ready, out of all. */
    void progress(long done, long total);
}
