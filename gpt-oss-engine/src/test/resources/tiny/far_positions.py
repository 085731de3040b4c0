"""Logits of this model far beyond its original context, in double precision, by the formulas of the architecture alone.

Needs numpy; `python far_positions.py > far_positions.json` takes a minute. It shares no code with the engine, and checks
itself against `tiny_model.json` first.
"""

import json
import math
import pathlib
import struct
import sys

import numpy as np

HERE = pathlib.Path(__file__).parent
CONFIG = json.loads((HERE / "config.json").read_text())
FP4 = np.array([0, 0.5, 1, 1.5, 2, 3, 4, 6, -0.0, -0.5, -1, -1.5, -2, -3, -4, -6])
HEAD = CONFIG["head_dim"]
LENGTH = 7000
POSITIONS = [4095, 4096, 5499, 6999]


def tensors():
    found = {}
    for file in HERE.glob("model-*.safetensors"):
        data = file.read_bytes()
        start = 8 + struct.unpack("<Q", data[:8])[0]
        for name, entry in json.loads(data[8:start]).items():
            if name == "__metadata__":
                continue
            begin, end = (start + offset for offset in entry["data_offsets"])
            if entry["dtype"] == "BF16":
                bits = np.frombuffer(data[begin:end], "<u2").astype("<u4") << 16
                values = bits.view("<f4").astype(np.float64)
            else:
                values = np.frombuffer(data[begin:end], np.uint8)
            found[name] = values.reshape(entry["shape"])
    return found


def dequantised(blocks, scales):
    """(..., blocks, 16) bytes and (..., blocks) exponents to (..., columns)."""
    codes = np.stack([blocks & 15, blocks >> 4], axis=-1).reshape(*blocks.shape[:-1], 32)
    values = FP4[codes] * np.exp2(scales.astype(np.float64) - 127)[..., None]
    return values.reshape(*blocks.shape[:-2], -1)


def inverse_frequencies(truncated):
    rope = CONFIG["rope_scaling"]
    base, context, half = CONFIG["rope_theta"], rope["original_max_position_embeddings"], HEAD // 2
    i = np.arange(half)
    low, high = (half * math.log(context / (beta * 2 * math.pi)) / math.log(base)
                 for beta in (rope["beta_fast"], rope["beta_slow"]))
    if truncated:
        low, high = math.floor(low), math.ceil(high)
    ramp = np.clip((i - low) / (high - low), 0, 1)
    frequency = float(base) ** (-2 * i / HEAD)
    return frequency * (1 - ramp) + frequency / rope["factor"] * ramp


def rotated(x, truncated):
    """x: (rows, heads, HEAD), row r at position r."""
    angle = np.arange(len(x))[:, None] * inverse_frequencies(truncated)
    concentration = 0.1 * math.log(CONFIG["rope_scaling"]["factor"]) + 1
    cos, sin = (f(angle)[:, None, :] * concentration for f in (np.cos, np.sin))
    first, second = x[..., :HEAD // 2], x[..., HEAD // 2:]
    return np.concatenate([first * cos - second * sin, second * cos + first * sin], axis=-1)


def norm(x, weight):
    return x / np.sqrt(np.mean(x * x, axis=-1, keepdims=True) + CONFIG["rms_norm_eps"]) * weight


def attention(q, k, v, sinks, window):
    """q: (rows, heads, HEAD); k, v: (rows, kv heads, HEAD). Sinks join the softmax with value zero."""
    rows, heads = q.shape[:2]
    shared = heads // k.shape[1]
    mixed = np.empty_like(q)
    for h in range(heads):
        for begin in range(0, rows, 500):
            end = min(begin + 500, rows)
            scores = q[begin:end, h] @ k[:end, h // shared].T / math.sqrt(HEAD)
            distance = np.arange(begin, end)[:, None] - np.arange(end)
            scores[(distance < 0) | (distance >= window)] = -np.inf
            most = np.maximum(scores.max(axis=1), sinks[h])[:, None]
            weights = np.exp(scores - most)
            total = weights.sum(axis=1, keepdims=True) + np.exp(sinks[h] - most)
            mixed[begin:end, h] = weights / total @ v[:end, h // shared]
    return mixed.reshape(rows, -1)


def experts(t, weights):
    scores = t @ weights["router.weight"].T + weights["router.bias"]
    chosen = np.argsort(-scores, axis=1, kind="stable")[:, :CONFIG["num_experts_per_tok"]]
    top = np.take_along_axis(scores, chosen, axis=1)
    shares = np.exp(top - top[:, :1])
    shares /= shares.sum(axis=1, keepdims=True)
    ranked = -np.sort(-scores, axis=1)
    gap = (ranked[:, CONFIG["num_experts_per_tok"] - 1] - ranked[:, CONFIG["num_experts_per_tok"]]).min()
    limit = CONFIG["swiglu_limit"]
    y = np.zeros_like(t)
    for e in range(CONFIG["num_local_experts"]):
        row, rank = np.nonzero(chosen == e)
        up_and_gate = dequantised(weights["experts.gate_up_proj_blocks"][e], weights["experts.gate_up_proj_scales"][e])
        down = dequantised(weights["experts.down_proj_blocks"][e], weights["experts.down_proj_scales"][e])
        z = t[row] @ up_and_gate.T + weights["experts.gate_up_proj_bias"][e]
        g, u = np.minimum(z[:, 0::2], limit), np.clip(z[:, 1::2], -limit, limit)
        inner = g / (1 + np.exp(-1.702 * g)) * (u + 1)
        y[row] += shares[row, rank, None] * (inner @ down.T + weights["experts.down_proj_bias"][e])
    return y, gap


def logits(ids, positions, truncated=False):
    all_weights = tensors()
    x = all_weights["model.embed_tokens.weight"][ids]
    smallest = np.inf
    for layer, kind in enumerate(CONFIG["layer_types"]):
        prefix = f"model.layers.{layer}."
        w = {name[len(prefix):]: value for name, value in all_weights.items() if name.startswith(prefix)}

        def linear(name, t):
            return t @ w[f"self_attn.{name}_proj.weight"].T + w[f"self_attn.{name}_proj.bias"]

        t = norm(x, w["input_layernorm.weight"])
        q, k, v = (linear(name, t).reshape(len(ids), -1, HEAD) for name in "qkv")
        window = CONFIG["sliding_window"] if kind == "sliding_attention" else len(ids)
        x = x + linear("o", attention(rotated(q, truncated), rotated(k, truncated), v, w["self_attn.sinks"], window))
        y, gap = experts(norm(x, w["post_attention_layernorm.weight"]),
                         {name[len("mlp."):]: value for name, value in w.items() if name.startswith("mlp.")})
        smallest = min(smallest, gap)
        x = x + y
    return norm(x[positions], all_weights["model.norm.weight"]) @ all_weights["lm_head.weight"].T, smallest


def formula(length):
    return [(37 * i * i + 11 * i) % CONFIG["vocab_size"] for i in range(length)]


def check():
    expected = json.loads((HERE / "tiny_model.json").read_text())
    worst = 0
    for truncated, name in ((False, "logits"), (True, "logits_truncated")):
        found, _ = logits(formula(600), [599], truncated)
        worst = max(worst, np.abs(found[0] - expected["long"][name]).max())
    found, _ = logits(expected["prompt_ids"], list(range(12)))
    worst = max(worst, np.abs(found - expected["logits"]).max())
    print(f"worst difference from tiny_model.json {worst:.1e}", file=sys.stderr)
    assert worst < 1e-6


def main():
    check()
    found, gap = logits(formula(LENGTH), POSITIONS)
    bounded, _ = logits(formula(LENGTH), POSITIONS, truncated=True)

    def rounded(rows):
        return [[float(f"{value:.7g}") for value in row] for row in rows]

    print(json.dumps({
        "n": LENGTH,
        "ids_formula": "id[i] = (37*i*i + 11*i) mod 320",
        "min_router_gap": gap,
        "positions": POSITIONS,
        "logits": rounded(found),
        "logits_truncated": rounded(bounded),
    }))
    print(f"truncated bounds change these logits by up to {np.abs(found - bounded).max():.3f}", file=sys.stderr)


main()
