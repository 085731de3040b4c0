package dev.gptoss.engine.compute.cpu;

import dev.gptoss.engine.weights.ModelConfig;

/**
 * The mixture of experts of a layer: rows are grouped by expert, and members share out the tiles of each expert that sees a
 * row. A row's experts are added to the residual in rising order of their index.
 */
final class Experts {

    private final ThreadTeam team;
    private final Workspace work;
    private final Routing routing;
    private final Destination toInner;
    private final Destination toHidden;
    private final ThreadTeam.Band gateUp = this::gateUp;
    private final ThreadTeam.Band down = this::down;
    private PackedMatrix[] gateUps = {};
    private PackedMatrix[] downs = {};

    Experts(ModelConfig config, int rows, ThreadTeam team, Workspace work) {
        this.team = team;
        this.work = work;
        routing = new Routing(config.experts(), config.expertsPerToken(), rows);
        toInner = Destination.storing(work.inner.values(), work.inner.stride());
        toHidden = Destination.adding(work.hidden, work.hiddenStride);
    }

    Routing routing() {
        return routing;
    }

    /** Adds the experts of the listed rows, which were chosen, to the residual. */
    void run(CpuLayer layer, RowList list) {
        routing.group(list.rows, list.count);
        gateUps = layer.gateUp();
        downs = layer.down();
        team.run(gateUp, routing.activeCount() * gateUps[0].tiles());
        team.run(down, downs[0].tiles());
    }

    /** Over the tiles of all active experts laid end to end. */
    private void gateUp(int member, int begin, int end) {
        int tiles = gateUps[0].tiles();
        for (int at = begin; at < end; ) {
            int expert = routing.active(at / tiles);
            PackedMatrix matrix = gateUps[expert];
            int first = at % tiles;
            int last = Math.min(tiles, first + end - at);
            int from = routing.from(expert);
            int count = routing.count(expert);
            matrix.multiply(work.normed, routing.in, from, count, toInner, first, last, work.scratch[member]);
            for (int place = from; place < from + count; place++) {
                work.inner.prepare(place, matrix.rowOf(first), matrix.rowOf(last), work.scratch[member]);
            }
            at += last - first;
        }
    }

    /** Over tiles: one member adds all experts to its rows, in their order. */
    private void down(int member, int begin, int end) {
        for (int i = 0; i < routing.activeCount(); i++) {
            int expert = routing.active(i);
            downs[expert].multiply(
                    work.inner,
                    routing.out,
                    routing.from(expert),
                    routing.count(expert),
                    toHidden,
                    begin,
                    end,
                    work.scratch[member]);
        }
    }
}
