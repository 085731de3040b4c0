package dev.gptoss.engine.compute.cpu;

import dev.gptoss.engine.compute.Draw;
import dev.gptoss.engine.compute.Output;
import dev.gptoss.engine.compute.Rank;
import dev.gptoss.engine.compute.Step;
import dev.gptoss.engine.compute.VocabularyScan;

/** Draws the tokens of a step: members share out the outputs, or the vocabulary where there is a single output. */
final class Sampler {

    private final int vocabulary;
    private final ThreadTeam team;
    private final Workspace work;
    private final VocabularyScan[] scans;
    private final Draw[] draws;
    private final long[] best;
    private final ThreadTeam.Region drawOutputs = this::drawOutputs;
    private final ThreadTeam.Region drawBand = this::drawBand;
    private Step step;

    Sampler(int vocabulary, ThreadTeam team, Workspace work, Kernels kernels, Step empty) {
        this.vocabulary = vocabulary;
        this.team = team;
        this.work = work;
        scans = new VocabularyScan[team.members()];
        draws = new Draw[team.members()];
        for (int i = 0; i < draws.length; i++) {
            scans[i] = kernels.scan();
            draws[i] = new Draw(vocabulary, scans[i]);
        }
        best = new long[team.members()];
        step = empty;
    }

    /** Fills in the results of every output, whose raw logits are in the workspace. */
    void draw(Step step) {
        this.step = step;
        if (step.outputCount() == 1) {
            Output output = step.output(0);
            draws[0].prepare(work.logits, 0, output);
            team.run(drawBand);
            long highest = Rank.NONE;
            for (long rank : best) {
                highest = Math.max(highest, rank);
            }
            draws[0].finish(work.logits, 0, output, highest);
        } else if (step.outputCount() > 1) {
            team.run(drawOutputs);
        }
    }

    private void drawBand(int member) {
        int from = ThreadTeam.share(vocabulary, member, team.members());
        int to = ThreadTeam.share(vocabulary, member + 1, team.members());
        best[member] = draws[0].best(work.logits, 0, from, to, step.output(0), scans[member]);
    }

    private void drawOutputs(int member) {
        for (int j = member; j < step.outputCount(); j += team.members()) {
            draws[member].choose(work.logits, j * work.logitStride, step.output(j));
        }
    }
}
