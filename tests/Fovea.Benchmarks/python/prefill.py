"""Reference prefill of an InternVL2-1B-shaped decoder stack in PyTorch, full or with vision tokens dropped layer by layer.

Prints one JSON line with the wall and CPU seconds of every repeat. Written to be as fast as eager PyTorch gets on a CPU: fused
projections where they pay, grouped heads as one matrix product, attention in blocks of queries that never look at keys of the
future, in-place element-wise steps, a malloc that keeps its memory.
"""
import argparse
import ctypes
import json
import re
import time

import torch
import torch.nn.functional as F

LAYERS, HIDDEN, HEADS, KV_HEADS, HEAD_DIM, FFN = 24, 896, 14, 2, 64, 4864
EPS, ROPE_BASE = 1e-6, 1_000_000.0
Q_ROWS, KV_ROWS = HEADS * HEAD_DIM, KV_HEADS * HEAD_DIM
GROUP = HEADS // KV_HEADS


def make_weights(seed, dtype, bias):
    generator = torch.Generator().manual_seed(seed)

    def matrix(rows, columns):
        return (torch.randn(rows, columns, generator=generator) * columns**-0.5).to(dtype)

    layers = []
    for _ in range(LAYERS):
        layer = {
            "norm_1": torch.ones(HIDDEN, dtype=dtype),
            "qkv": matrix(Q_ROWS + 2 * KV_ROWS, HIDDEN),
            "qkv_bias": (torch.randn(Q_ROWS + 2 * KV_ROWS, generator=generator) * 0.02).to(dtype) if bias else None,
            "out": matrix(HIDDEN, Q_ROWS),
            "norm_2": torch.ones(HIDDEN, dtype=dtype),
            "gate": matrix(FFN, HIDDEN),
            "up": matrix(FFN, HIDDEN),
            "down": matrix(HIDDEN, FFN),
        }
        layers.append(layer)
    return layers, torch.ones(HIDDEN, dtype=dtype)


def rope_table(tokens, dtype):
    frequencies = ROPE_BASE ** (-torch.arange(0, HEAD_DIM, 2, dtype=torch.float32) / HEAD_DIM)
    angles = torch.outer(torch.arange(tokens, dtype=torch.float32), frequencies)
    return angles.cos().to(dtype).unsqueeze(1), angles.sin().to(dtype).unsqueeze(1)  # [S, 1, D/2]


def rms_norm(x, weight):
    """Accumulates in fp32 and rounds before the weight, as Llama does."""
    wide = x.float()
    scale = wide.square().mean(-1, keepdim=True).add_(EPS).rsqrt_()
    return wide.mul_(scale).to(x.dtype).mul_(weight) if wide is not x else wide.mul(scale).mul_(weight)


def rotate(x, cos, sin):
    """x [S, heads, D]: the first half of a head pairs with the second."""
    low, high = x.chunk(2, dim=-1)
    out = torch.empty_like(x)
    torch.mul(low, cos, out=out[..., : HEAD_DIM // 2]).addcmul_(high, sin, value=-1)
    torch.mul(high, cos, out=out[..., HEAD_DIM // 2 :]).addcmul_(low, sin)
    return out


def attend(q, k, v, block, mask, text_rows):
    """q [K, G, S, D], k [K, D, S], v [K, S, D] -> [K, G, S, D]; with text_rows also what each key got from those last rows."""
    tokens = q.shape[2]
    out = torch.empty_like(q)
    received = torch.zeros(tokens) if text_rows else None
    for start in range(0, tokens, block):
        end = min(start + block, tokens)
        rows = end - start
        scores = torch.bmm(q[:, :, start:end].reshape(KV_HEADS, GROUP * rows, HEAD_DIM), k[:, :, :end])
        scores.view(KV_HEADS, GROUP, rows, end)[..., start:] += mask[:rows, :rows]
        scores = torch.softmax(scores, dim=-1)
        if text_rows and end > tokens - text_rows:
            first = max(tokens - text_rows, start) - start
            received[:end] += scores.view(HEADS, rows, end)[:, first:].sum((0, 1), dtype=torch.float32)
        out[:, :, start:end] = torch.bmm(scores, v[:, :end]).view(KV_HEADS, GROUP, rows, HEAD_DIM)
    return out, received


def run_layer(x, layer, table, options, text_rows):
    tokens = x.shape[0]
    qkv = F.linear(rms_norm(x, layer["norm_1"]), layer["qkv"], layer["qkv_bias"]).view(tokens, HEADS + 2 * KV_HEADS, HEAD_DIM)
    turned = rotate(qkv[:, : HEADS + KV_HEADS], *table)
    q = (turned[:, :HEADS] * HEAD_DIM**-0.5).view(tokens, KV_HEADS, GROUP, HEAD_DIM).permute(1, 2, 0, 3)
    k = turned[:, HEADS:].permute(1, 2, 0).contiguous()
    v = qkv[:, HEADS + KV_HEADS :].transpose(0, 1).contiguous()
    mixed, received = attend(q, k, v, options.block, options.mask, text_rows)
    x = F.linear(mixed.permute(2, 0, 1, 3).reshape(tokens, Q_ROWS), layer["out"]).add_(x)
    normal = rms_norm(x, layer["norm_2"])
    gate = F.silu(F.linear(normal, layer["gate"]), inplace=True).mul_(F.linear(normal, layer["up"]))
    return x.add_(F.linear(gate, layer["down"])), received, (k, v)


def drop(x, table, received, before, vision, keep):
    """Keeps the vision tokens that received most, in their order, and all text."""
    best = received[before : before + vision].topk(keep).indices.sort().values + before
    kept = torch.cat([torch.arange(before), best, torch.arange(before + vision, x.shape[0])])
    return x.index_select(0, kept), tuple(part.index_select(0, kept) for part in table), best


def prefill(x, layers, norm, options):
    x, cache, vision = x.clone(), [], options.counts[0]
    table = rope_table(x.shape[0], x.dtype)
    received = None
    for index, layer in enumerate(layers):
        if options.counts[index] < vision:
            x, table, _ = drop(x, table, received, options.text_before, vision, options.counts[index])
            vision = options.counts[index]
        drops_next = index + 1 < LAYERS and options.counts[index + 1] < vision
        x, received, kv = run_layer(x, layer, table, options, options.text_after if drops_next else 0)
        cache.append(kv)
    last = rms_norm(x[-1:], norm)
    return last if options.head is None else F.linear(last, options.head), cache


def tune_malloc():
    libc = ctypes.CDLL(None)
    for option, value in ((-3, 1 << 30), (-1, 1 << 30), (-2, 1 << 28)):
        libc.mallopt(option, value)


def cpu_capability():
    return re.search(r"CPU capability usage: (\S+)", torch.__config__.show()).group(1)


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dtype", choices=["auto", "bf16", "fp32"], default="auto",
                        help="auto: bf16 where the CPU multiplies it fast (AVX-512), else fp32")
    parser.add_argument("--vision-tokens", type=int, default=1792)
    parser.add_argument("--text-tokens", type=int, default=64, help="text tokens in all")
    parser.add_argument("--text-before", type=int, default=0, help="how many of them come before the vision tokens")
    parser.add_argument("--counts", default="", help="vision tokens entering each layer, comma separated; all when empty")
    parser.add_argument("--vocab", type=int, default=0, help="rows of the output head, applied to the last row; none when 0")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--warmup", type=int, default=1, help="runs before the first that counts")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--block", type=int, default=256, help="queries per block of attention")
    parser.add_argument("--qkv-bias", action="store_true", help="biases on q, k and v, as Qwen2 has")
    parser.add_argument("--malloc", choices=["tuned", "default"], default="tuned")
    options = parser.parse_args()
    if options.dtype == "auto":
        options.dtype = "bf16" if "AVX512" in cpu_capability() else "fp32"
    options.counts = [int(part) for part in options.counts.split(",")] if options.counts else [options.vision_tokens] * LAYERS
    options.text_after = options.text_tokens - options.text_before
    if len(options.counts) != LAYERS or options.counts[0] != options.vision_tokens:
        parser.error(f"--counts needs {LAYERS} numbers, the first one {options.vision_tokens}")
    if any(later > earlier or later < 1 for earlier, later in zip(options.counts, options.counts[1:])):
        parser.error("--counts must not grow and not fall below 1")
    if options.text_after < 1 or options.text_before < 0:
        parser.error("at least one text token must come after the vision tokens")
    return options


def main():
    options = parse()
    if options.malloc == "tuned":
        tune_malloc()
    torch.set_num_threads(options.threads)
    dtype = torch.bfloat16 if options.dtype == "bf16" else torch.float32
    options.mask = torch.full((options.block, options.block), float("-inf"), dtype=dtype).triu_(1)
    with torch.inference_mode():
        layers, norm = make_weights(options.seed, dtype, options.qkv_bias)
        generator = torch.Generator().manual_seed(options.seed + 1)
        options.head = (torch.randn(options.vocab, HIDDEN, generator=generator) * 0.02).to(dtype) if options.vocab else None
        x = torch.randn(options.vision_tokens + options.text_tokens, HIDDEN, generator=generator).to(dtype)
        wall, cpu, last = [], [], None
        for repeat in range(options.warmup + options.repeats):
            started, used = time.perf_counter(), time.process_time()
            last, cache = prefill(x, layers, norm, options)
            if repeat >= options.warmup:
                wall.append(round(time.perf_counter() - started, 4))
                cpu.append(round(time.process_time() - used, 4))
            lengths = [k.shape[-1] for k, _ in cache]
            del cache
    print(json.dumps({
        "implementation": "python", "torch": torch.__version__, "cpu": cpu_capability(), "dtype": options.dtype,
        "threads": options.threads,
        "vision_tokens": options.vision_tokens, "text_tokens": options.text_tokens, "counts": options.counts,
        "cache_lengths": lengths, "wall_s": wall, "cpu_s": cpu, "check": last.float().abs().mean().item(),
    }))


if __name__ == "__main__":
    main()
