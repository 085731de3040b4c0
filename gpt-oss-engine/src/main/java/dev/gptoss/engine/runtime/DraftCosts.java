package dev.gptoss.engine.runtime;

/** Whether the rows of drafts cost less than the steps they save. What it says changes times and no token. */
interface DraftCosts {

    /**
     * Learns from a step in which each sequence had one known row.
     *
     * @param draftRows rows beside the known ones
     */
    void took(int sequences, int draftRows, long nanos);

    /**
     * Whether a draft pays.
     *
     * @param sequences in the step
     * @param share of drafted tokens that will be accepted
     */
    boolean pays(int sequences, double share);
}
