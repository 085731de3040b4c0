package dev.gptoss.engine.compute.cpu;

import dev.gptoss.engine.compute.Limits;
import dev.gptoss.engine.compute.Step;
import dev.gptoss.engine.model.Rope;
import dev.gptoss.engine.weights.ModelConfig;

/**
 * The pass over all layers for the rows of a step. A layer is a row of regions that the team runs one after the other;
 * within a region members share out rows, tiles of weights or items of attention, and write disjoint results.
 */
final class ForwardPass {

    private final CpuModel model;
    private final ModelConfig config;
    private final KvPages pages;
    private final ThreadTeam team;
    private final RowKernel[] rowKernels;
    private final Workspace work;
    private final Attention attention;
    private final Experts experts;
    private final Rope rope;
    private final float queryScale;

    private final Destination toQuery;
    private final Destination toKey;
    private final Destination toValue;
    private final Destination toHidden;
    private final Destination toScores;
    private final Destination toLogits;

    /** Rows of the step, and those whose logits are wanted. */
    private final RowList all;

    private final RowList wanted;
    private final RowMap outputs;
    private final HeadTiles headTiles;
    private final boolean[] isWanted;
    private final int[] tokens;

    // what the region at hand works on
    private Step step;
    private CpuLayer layer;
    private int layerIndex;
    private RowList list;
    private int parts;

    private final ThreadTeam.Region embed = this::embed;
    private final ThreadTeam.Region normForAttention = this::normForAttention;
    private final ThreadTeam.Band project = this::project;
    private final ThreadTeam.Region store = this::store;
    private final ThreadTeam.Region attend = this::attend;
    private final ThreadTeam.Region prepareAttended = this::prepareAttended;
    private final ThreadTeam.Band addAttended = this::addAttended;
    private final ThreadTeam.Region route = this::route;
    private final ThreadTeam.Region normForHead = this::normForHead;
    private final ThreadTeam.Band head = this::head;

    ForwardPass(CpuModel model, Limits limits, KvPages pages, ThreadTeam team, Kernels kernels, Workspace work) {
        this.model = model;
        this.config = model.config();
        this.pages = pages;
        this.team = team;
        rowKernels = new RowKernel[team.members()];
        for (int i = 0; i < rowKernels.length; i++) {
            rowKernels[i] = kernels.rows();
        }
        this.work = work;
        attention = new Attention(config, pages, kernels.attention(pages.isHalf()), limits.rows(), team.members());
        experts = new Experts(config, limits.rows(), team, work);
        rope = new Rope(config.rope(), config.headDim());
        queryScale = (float) (1 / Math.sqrt(config.headDim())) * KvPages.scale(pages.isHalf());
        int kv = config.queryWidth();
        toQuery = new Destination(work.projected, work.projectedStride, 0, false);
        toKey = new Destination(work.projected, work.projectedStride, kv, false);
        toValue = new Destination(work.projected, work.projectedStride, kv + config.keyValueWidth(), false);
        toHidden = Destination.adding(work.hidden, work.hiddenStride);
        toScores = Destination.storing(work.scores, config.experts());
        toLogits = Destination.storing(work.logits, work.logitStride);
        all = new RowList(limits.rows());
        wanted = new RowList(limits.rows());
        headTiles = new HeadTiles(model.head());
        outputs = RowMap.identity(limits.outputs());
        isWanted = new boolean[limits.rows()];
        tokens = new int[limits.rows()];
        step = new Step(limits);
        layer = model.layers()[0];
        list = all;
    }

    /**
     * Computes a step: keys and values into their pages, logits of output j into row j of the workspace.
     *
     * @param drawn tokens of the outputs of the step before
     * @return false if the step was cancelled
     */
    boolean run(Step step, int[] drawn) {
        this.step = step;
        listRows(step, drawn);
        list = all;
        runOverRows(embed, all.count);
        int last = config.layers() - 1;
        for (int l = 0; l <= last; l++) {
            if (step.isCancelled()) {
                return false;
            }
            layerIndex = l;
            layer = model.layers()[l];
            // the last layer's keys and values are needed of all rows, the rest only where logits are wanted
            list = all;
            runOverRows(normForAttention, all.count);
            list = l < last ? all : wanted;
            int tiles =
                    layer.query().tiles() + layer.key().tiles() + layer.value().tiles();
            team.run(project, tiles);
            runOverRows(store, all.count);
            if (list.count > 0) {
                attendAndMix();
            }
        }
        step.awaitMasks();
        if (step.outputCount() > 0) {
            runOverRows(normForHead, step.outputCount());
            headTiles.list(step);
            team.run(head, headTiles.count());
        }
        return true;
    }

    private void attendAndMix() {
        attention.plan(step, list);
        if (attention.parts() == 1) {
            attend.run(0);
        } else {
            team.run(attend);
        }
        if (work.attended.isDerived()) {
            runOverRows(prepareAttended, list.count);
        }
        team.run(addAttended, layer.output().tiles());
        runOverRows(route, list.count);
        experts.run(layer, list);
    }

    private void listRows(Step step, int[] drawn) {
        all.clear();
        wanted.clear();
        for (int j = 0; j < step.outputCount(); j++) {
            isWanted[step.output(j).row] = true;
        }
        for (int row = 0; row < step.rows(); row++) {
            int token = step.token(row);
            tokens[row] = token < 0 ? drawn[-1 - token] : token;
            all.add(row);
            if (isWanted[row]) {
                isWanted[row] = false;
                wanted.add(row);
            }
        }
    }

    /** Shares {@code count} rows out; a single one is not worth a meeting of the team. */
    private void runOverRows(ThreadTeam.Region region, int count) {
        parts = Math.min(count, team.members());
        if (parts == 1) {
            region.run(0);
        } else if (parts > 1) {
            team.run(region);
        }
    }

    private int from(int count, int member) {
        return member >= parts ? count : ThreadTeam.share(count, member, parts);
    }

    private void embed(int member) {
        int half = rope.half();
        for (int row = from(all.count, member); row < from(all.count, member + 1); row++) {
            model.embedding().decode(tokens[row], work.hidden, row * work.hiddenStride);
            rope.at(step.position(row), work.cosines, work.sines, row * half);
        }
    }

    private void normForAttention(int member) {
        for (int row = from(all.count, member); row < from(all.count, member + 1); row++) {
            norm(member, row, layer.attentionNorm(), work.normed, row);
        }
    }

    private void norm(int member, int row, float[] weight, Activations to, int toRow) {
        int width = config.hiddenSize();
        int at = row * work.hiddenStride;
        rowKernels[member].rmsNorm(
                work.hidden, at, width, weight, config.rmsNormEps(), to.values(), toRow * to.stride());
        to.prepare(toRow, 0, width, work.scratch[member]);
    }

    /** Over the tiles of q, k and v laid end to end. */
    private void project(int member, int begin, int end) {
        int queryTiles = layer.query().tiles();
        int keyTiles = layer.key().tiles();
        Scratch scratch = work.scratch[member];
        multiplyBand(layer.query(), list, toQuery, begin, end, scratch);
        multiplyBand(layer.key(), all, toKey, begin - queryTiles, end - queryTiles, scratch);
        int before = queryTiles + keyTiles;
        multiplyBand(layer.value(), all, toValue, begin - before, end - before, scratch);
    }

    private void multiplyBand(PackedMatrix matrix, RowList rows, Destination to, int begin, int end, Scratch scratch) {
        int first = Math.max(begin, 0);
        int last = Math.min(end, matrix.tiles());
        if (first < last && rows.count > 0) {
            matrix.multiply(work.normed, rows.map, 0, rows.count, to, first, last, scratch);
        }
    }

    private void store(int member) {
        int headDim = config.headDim();
        int pageSize = pages.pageSize();
        int kv = config.queryWidth();
        for (int row = from(all.count, member); row < from(all.count, member + 1); row++) {
            int at = row * work.projectedStride;
            rotate(row, at, config.heads(), queryScale);
            rotate(row, at + kv, config.kvHeads(), 1);
            int position = step.position(row);
            int[] table = layer.slides() ? step.ringTable(step.slot(row)) : step.fullTable(step.slot(row));
            int page = table[position / pageSize % table.length];
            for (int h = 0; h < config.kvHeads(); h++) {
                int key = at + kv + h * headDim;
                int value = key + config.keyValueWidth();
                pages.store(layerIndex, page, position % pageSize, h, work.projected, key, work.projected, value);
            }
        }
    }

    private void rotate(int row, int at, int heads, float scale) {
        int half = rope.half();
        float[] x = work.projected;
        for (int h = 0; h < heads; h++) {
            int head = at + h * 2 * half;
            for (int i = 0; i < half; i++) {
                float cos = work.cosines[row * half + i];
                float sin = work.sines[row * half + i];
                float a = x[head + i];
                float b = x[head + half + i];
                x[head + i] = Math.fma(a, cos, -(b * sin)) * scale;
                x[head + half + i] = Math.fma(b, cos, a * sin) * scale;
            }
        }
    }

    private void attend(int member) {
        attention.attend(
                member,
                step,
                list,
                layerIndex,
                layer.slides(),
                layer.sinks(),
                work.projected,
                work.projectedStride,
                work.attended.values(),
                work.attended.stride());
    }

    private void prepareAttended(int member) {
        for (int i = from(list.count, member); i < from(list.count, member + 1); i++) {
            work.attended.prepare(list.rows[i], 0, config.queryWidth(), work.scratch[member]);
        }
    }

    private void addAttended(int member, int begin, int end) {
        layer.output().multiply(work.attended, list.map, 0, list.count, toHidden, begin, end, work.scratch[member]);
    }

    private void route(int member) {
        int begin = from(list.count, member);
        int end = from(list.count, member + 1);
        for (int i = begin; i < end; i++) {
            norm(member, list.rows[i], layer.mlpNorm(), work.normed, list.rows[i]);
        }
        PackedMatrix router = layer.router();
        router.multiply(work.normed, list.map, begin, end - begin, toScores, 0, router.tiles(), work.scratch[member]);
        for (int i = begin; i < end; i++) {
            experts.routing().choose(list.rows[i], work.scores, list.rows[i] * config.experts());
        }
    }

    private void normForHead(int member) {
        int count = step.outputCount();
        for (int j = from(count, member); j < from(count, member + 1); j++) {
            norm(member, step.output(j).row, model.finalNorm(), work.last, j);
        }
    }

    private void head(int member, int begin, int end) {
        for (int i = begin, next; i < end; i = next) {
            next = headTiles.endOfRun(i, end);
            int tile = headTiles.tile(i);
            multiplyHead(member, tile, tile + next - i);
        }
    }

    private void multiplyHead(int member, int begin, int end) {
        model.head().multiply(work.last, outputs, 0, step.outputCount(), toLogits, begin, end, work.scratch[member]);
    }
}
