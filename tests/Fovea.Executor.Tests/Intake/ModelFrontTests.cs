using Fovea.Executor.Intake;
using Fovea.Executor.Runtime;
using Fovea.Executor.Tests.Prefill;
using Fovea.Executor.Text;
using Fovea.Torch.Images;

namespace Fovea.Executor.Tests.Intake;

/// <summary>From a conversation to the prompt that the reference made of it, for every family whose images cut the same way by default.</summary>
[Collection(nameof(TensorCollection))]
public sealed class ModelFrontTests
{
    public static TheoryData<string, string[], string[]> Recorded() => new()
    {
        { "llava-next", ["wide.png"], ["What is unusual about this image?"] },
        { "internvl-hf", ["wide.png"], ["What is shown here?"] },
        { "internvl-hf-qknorm", ["wide.png"], ["What is shown here?"] },
        { "internvl-qwen2", ["wide.png"], ["What is in the picture? 图中有什么？"] },
        { "qwen2-vl", ["boat.jpg", "tall.png"], [" and ", "Compare the two."] },
        { "qwen2.5-vl", ["boat.jpg", "tall.png"], [" and ", "Compare the two."] },
    };

    [Theory]
    [MemberData(nameof(Recorded))]
    public void Encode_RecordedConversation_GivesTheRecordedIds(string family, string[] images, string[] texts)
    {
        var folder = Fixtures.Path(family);
        var front = ModelFront.Read(folder, TokenizerLoader.Load(folder));
        var parts = images.Zip(texts, (_, text) => new ChatPart[] { new ChatPart.Image(), new ChatPart.Text(text) }).SelectMany(pair => pair);
        var sizes = images.Select(name => ImageCodec.Probe(File.ReadAllBytes(Fixtures.Path("images", name)))).Select(header => new ImageSize(header.Width, header.Height));

        var prompt = front.Encode([new ChatMessage(ChatRole.User, [.. parts])], [.. sizes]);

        var expected = ParityCase.Prompt(family);
        Assert.Equal(expected.InputIds, prompt.InputIds);
        Assert.Equal(expected.VisionSpans.AsEnumerable(), prompt.VisionSpans.AsEnumerable());
        Assert.Equal(expected.Positions?.Values, prompt.Positions?.Values);
    }
}
