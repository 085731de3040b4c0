// llama.cpp's side, through the prebuilt npm package node-llama-cpp: the same measurement as `gpt-oss bench`.
//
//   node peer.mjs bench  MODEL.gguf '{"prompt":128,"tokens":16,"threads":2,"depth":0,"repetitions":1}'
//   node peer.mjs logits MODEL.gguf '{"ids":[…],"threads":2,"top":20}'
//
// The package is looked for here, or beside the folder that PEER_NODE_MODULES names.
import {createRequire} from "node:module";
import path from "node:path";
import {fileURLToPath, pathToFileURL} from "node:url";

const home = process.env.PEER_NODE_MODULES ?? path.dirname(fileURLToPath(import.meta.url));
const entry = createRequire(path.join(home, "resolve.js")).resolve("node-llama-cpp");
const {getLlama, LlamaLogLevel} = await import(pathToFileURL(entry).href);

const [mode, modelPath, argument] = process.argv.slice(2);
const llama = await getLlama({build: "never", skipDownload: true, gpu: false, maxThreads: 0, logLevel: LlamaLogLevel.error});
const loading = performance.now();
const model = await llama.loadModel({modelPath, gpuLayers: 0, useMmap: true});
const loadSeconds = (performance.now() - loading) / 1e3;

const seconds = (since) => (performance.now() - since) / 1e3;
const fill = (count, vocabulary) => Array.from({length: count}, (_, i) => (1000 + (i * 7919) % 150000) % vocabulary);
const vocabulary = model.fileInfo.metadata.tokenizer.ggml.tokens.length;

async function bench({prompt, tokens, threads, depth, repetitions}) {
    const context = await model.createContext({
        contextSize: depth + prompt + tokens + 64,
        batchSize: Math.max(1, Math.min(512, Math.max(depth, prompt))),
        sequences: 1,
        threads
    });
    const sequence = context.getSequence();
    const runs = {prefill: [], decode: []};
    // One repetition more than asked for: the first warms caches and is not counted.
    for (let round = 0; round <= repetitions; round++) {
        await sequence.clearHistory();
        if (depth > 0) await sequence.evaluateWithoutGeneratingNewTokens(fill(depth, vocabulary));
        let start = performance.now();
        if (prompt > 0) await sequence.evaluateWithoutGeneratingNewTokens(fill(prompt, vocabulary));
        const prefillSeconds = seconds(start);
        // The clock starts with the first token drawn, so that `tokens` whole decode steps are timed.
        let drawn = 0;
        for await (const token of sequence.evaluate([5000 % vocabulary], {temperature: 0})) {
            if (drawn === 0) start = performance.now();
            if (drawn++ === tokens) break;
        }
        const decodeSeconds = seconds(start);
        if (round > 0) {
            runs.prefill.push(prompt / prefillSeconds);
            runs.decode.push(tokens / decodeSeconds);
        }
    }
    return {prefill_runs: runs.prefill, decode_runs: runs.decode, load_s: loadSeconds};
}

async function logits({ids, threads, top}) {
    const context = await model.createContext({contextSize: ids.length + 8, batchSize: ids.length, threads});
    const wanted = ids.map((id) => [id, {generateNext: {probabilities: true}}]);
    const results = await context.getSequence().controlledEvaluate(wanted);
    return results.map((result, pos) => ({
        pos,
        top: [...result.next.probabilities].slice(0, top).map(([id, probability]) => [id, Math.log(probability)])
    }));
}

const result = await (mode === "bench" ? bench : logits)(JSON.parse(argument));
console.log(JSON.stringify(result));
process.exit(0);
