using System.Collections.Immutable;
using Fovea.Executor.Models.Llava;
using Fovea.Executor.Runtime;

namespace Fovea.Executor.Models.LlavaNext;

/// <summary>A LLaVA-NeXT checkpoint's configuration.</summary>
/// <param name="Base">Tower, projector and language model, as in LLaVA-1.5.</param>
/// <param name="Canvases">Sizes of which the best is taken for an image; each made of whole tiles.</param>
internal sealed record LlavaNextConfig(LlavaConfig Base, ImmutableArray<ImageSize> Canvases);
