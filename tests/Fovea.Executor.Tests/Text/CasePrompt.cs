using Fovea.Executor.Text;

namespace Fovea.Executor.Tests.Text;

/// <summary>The prompt of a family's recorded case and the ids the reference gave its model.</summary>
internal sealed record CasePrompt(string Family, string Tokenizer, string Placeholder, string Prompt, int[] Ids)
{
    /// <summary>How an image is written in <see cref="Prompt"/>.</summary>
    public string Marker => Prompt.Contains(Placeholder, StringComparison.Ordinal) ? Placeholder : "<image>";

    /// <summary>The number of placeholders of each image.</summary>
    public IReadOnlyList<int> Images(ITokenizer tokenizer)
    {
        var image = tokenizer.IdOf(Placeholder)!.Value;
        var counts = new List<int>();
        for (var index = 0; index < Ids.Length; index++)
        {
            if (Ids[index] == image && (index == 0 || Ids[index - 1] != image))
            {
                counts.Add(0);
            }

            if (Ids[index] == image)
            {
                counts[^1]++;
            }
        }

        return counts;
    }

    /// <summary>The prompt with every image written as its placeholders.</summary>
    public string Expanded(ITokenizer tokenizer)
    {
        var texts = Prompt.Split(Marker);
        var framed = Placeholder == "<IMG_CONTEXT>";
        var images = Images(tokenizer).Select(count => string.Concat(Enumerable.Repeat(Placeholder, count)));
        var written = images.Select(image => framed ? $"<img>{image}</img>" : image).ToList();
        return texts[0] + string.Concat(texts.Skip(1).Select((text, index) => written[index] + text));
    }
}
