// Runs this engine and llama.cpp by turns on the same file, each time in a process of its own (two copies of a large
// model do not fit in memory), and prints medians and ratios. The last line is JSON. Started by ./run.
import {spawnSync} from "node:child_process";
import path from "node:path";
import {fileURLToPath} from "node:url";
import {parseArgs} from "node:util";

const here = path.dirname(fileURLToPath(import.meta.url));
const launcher = path.join(here, "../../samples/cli/gpt-oss");

const {values, positionals} = parseArgs({
    allowPositionals: true,
    options: {
        prompt: {type: "string", short: "p", default: "128"},
        tokens: {type: "string", short: "n", default: "16"},
        threads: {type: "string", short: "t", default: "2"},
        rounds: {type: "string", short: "r", default: "3"},
        depth: {type: "string", short: "d", default: "0"},
        precision: {type: "string", default: "fast"}
    }
});
if (positionals.length !== 1) {
    console.error("usage: run MODEL.gguf [-p 128] [-n 16] [-t 2] [-r 3] [-d 0] [--precision fast]");
    process.exit(2);
}
const model = path.resolve(positionals[0]);
const setup = {
    prompt: Number(values.prompt),
    tokens: Number(values.tokens),
    threads: Number(values.threads),
    depth: Number(values.depth),
    repetitions: 1
};

function lastLine(command, args) {
    const child = spawnSync(command, args, {encoding: "utf8", stdio: ["ignore", "pipe", "inherit"], maxBuffer: 1 << 26});
    if (child.status !== 0) {
        console.error(`${path.basename(command)} ${args[0]} failed`);
        process.exit(1);
    }
    return JSON.parse(child.stdout.trim().split("\n").at(-1));
}

const ours = () => lastLine(launcher, [
    "bench", "--model", model, "--json", "--precision", values.precision, "-r", String(setup.repetitions),
    "-p", values.prompt, "-n", values.tokens, "-t", values.threads, "-d", values.depth
]);
const peers = () => lastLine(process.execPath, [path.join(here, "peer.mjs"), "bench", model, JSON.stringify(setup)]);

const median = (list) => {
    const sorted = list.toSorted((a, b) => a - b);
    const middle = sorted.length >> 1;
    return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};
const shown = (list) => list.map((value) => value.toFixed(2)).join("  ");

const results = {ours: [], peer: []};
for (let round = 0; round < Number(values.rounds); round++) {
    results.ours.push(ours());
    results.peer.push(peers());
    console.error(`round ${round + 1} of ${values.rounds}`);
}
const runs = (side, name) => results[side].flatMap((result) => result[`${name}_runs`]);

const summary = {...setup, rounds: Number(values.rounds), precision: values.precision};
for (const phase of ["prefill", "decode"]) {
    const [us, them] = [runs("ours", phase), runs("peer", phase)];
    summary[phase] = {ours: median(us), llama_cpp: median(them), ratio: median(us) / median(them)};
    console.log(`${phase} tok/s   ours ${shown(us)}   llama.cpp ${shown(them)}`);
    console.log(`${phase} medians ours ${median(us).toFixed(2)}   llama.cpp ${median(them).toFixed(2)}   ratio ${summary[phase].ratio.toFixed(3)}`);
}
const last = results.ours.at(-1);
summary.read_gb_s = median(results.ours.map((result) => result.read_gb_s));
summary.peak_rss_bytes = Math.max(...results.ours.map((result) => result.peak_rss_bytes));
summary.load_s = {ours: median(results.ours.map((r) => r.load_s)), llama_cpp: median(results.peer.map((r) => r.load_s))};
summary.backend = last.backend;
summary.species = last.species;
console.log(JSON.stringify(summary));
