package dev.gptoss.engine.compute.cpu;

import dev.gptoss.engine.weights.ModelConfig;

/**
 * The mixture of experts of a layer: rows are grouped by expert, and every member computes its band of each expert that
 * sees a row. A row's experts are added to the residual in rising order of their index.
 */
final class Experts {

    private final ThreadTeam team;
    private final Workspace work;
    private final Routing routing;
    private final Destination toInner;
    private final Destination toHidden;
    private final ThreadTeam.Region gateUp = this::gateUp;
    private final ThreadTeam.Region down = this::down;
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
        team.run(gateUp);
        team.run(down);
    }

    private void gateUp(int member) {
        for (int i = 0; i < routing.activeCount(); i++) {
            int expert = routing.active(i);
            PackedMatrix matrix = gateUps[expert];
            // bands rotate, so that a rest of tiles does not always fall to the same member
            int band = (member + i) % team.members();
            int begin = ThreadTeam.share(matrix.tiles(), band, team.members());
            int end = ThreadTeam.share(matrix.tiles(), band + 1, team.members());
            if (begin == end) {
                continue;
            }
            int from = routing.from(expert);
            int count = routing.count(expert);
            matrix.multiply(work.normed, routing.in, from, count, toInner, begin, end, work.scratch[member]);
            for (int place = from; place < from + count; place++) {
                work.inner.prepare(place, matrix.rowOf(begin), matrix.rowOf(end));
            }
        }
    }

    private void down(int member) {
        for (int i = 0; i < routing.activeCount(); i++) {
            int expert = routing.active(i);
            PackedMatrix matrix = downs[expert];
            int begin = ThreadTeam.share(matrix.tiles(), member, team.members());
            int end = ThreadTeam.share(matrix.tiles(), member + 1, team.members());
            if (begin < end) {
                matrix.multiply(
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
}
