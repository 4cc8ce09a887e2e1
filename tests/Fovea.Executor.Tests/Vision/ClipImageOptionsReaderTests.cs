using System.Text;
using Fovea.Executor.Runtime;
using Fovea.Executor.Vision;

namespace Fovea.Executor.Tests.Vision;

public sealed class ClipImageOptionsReaderTests
{
    [Fact]
    public void Read_DemoModel_GivesItsOptions()
    {
        var options = ClipImageOptionsReader.Read(FixtureFiles.DemoModel);

        Assert.Equal(256, options.ShortestEdge);
        Assert.Null(options.ExactSize);
        Assert.Equal((256, 256), options.Crop);
        Assert.Equal(ResampleFilter.Bicubic, options.Filter);
        Assert.Equal(1 / 255.0, options.Normalization.RescaleFactor, 1e-12);
        Assert.Equal([0.48145466, 0.4578275, 0.40821073], options.Normalization.Mean);
        Assert.Equal([0.26862954, 0.26130258, 0.27577711], options.Normalization.Deviation);
    }

    [Fact]
    public void Parse_OlderForm_TakesPlainNumbers()
    {
        var options = Parse("""{"size":336,"crop_size":336,"resample":2,"feature_extractor_type":"CLIPFeatureExtractor"}""");

        Assert.Equal(336, options.ShortestEdge);
        Assert.Equal((336, 336), options.Crop);
        Assert.Equal(ResampleFilter.Bilinear, options.Filter);
    }

    [Fact]
    public void Parse_ExactSizeAndSwitchesOff_DoesNothingElse()
    {
        var options = Parse(
            """{"size":{"height":20,"width":30},"do_center_crop":false,"do_rescale":false,"do_normalize":false}""");

        Assert.Null(options.ShortestEdge);
        Assert.Equal((30, 20), options.ExactSize);
        Assert.Null(options.Crop);
        Assert.Equal(1, options.Normalization.RescaleFactor);
        var output = new ClipImageProcessor(options).Process(new RgbPixels(1, 1, [10, 20, 30]));
        Assert.Equal((30L, 20L), (output.Shape[2], output.Shape[1]));
        Assert.Equal([10f, 20f, 30f], new[] { output.Values[0], output.Values[600], output.Values[1200] });
    }

    [Theory]
    [InlineData("""{"image_processor_type":"Qwen2VLImageProcessor"}""", "$.image_processor_type is \"Qwen2VLImageProcessor\"")]
    [InlineData("""{"resample":0}""", "$.resample is 0; only")]
    [InlineData("""{"size":{"longest_edge":3}}""", "$.size has neither")]
    [InlineData("""{"size":{"shortest_edge":0}}""", "$.size.shortest_edge is 0")]
    [InlineData("""{"size":true}""", "$.size is true")]
    [InlineData("""{"crop_size":{"height":3}}""", "$.crop_size lacks")]
    [InlineData("""{"crop_size":"x"}""", "$.crop_size is \"x\"")]
    [InlineData("""{"image_mean":[1,2]}""", "$.image_mean has 2 numbers")]
    [InlineData("""{"image_std":[1,0,1]}""", "$.image_std holds 0")]
    [InlineData("""{"rescale_factor":0}""", "$.rescale_factor is 0")]
    [InlineData("""{"do_pad":true}""", "$.do_pad is true")]
    public void Parse_FaultyField_NamesIt(string json, string expected)
    {
        var error = Assert.Throws<CheckpointException>(() => Parse(json));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private static ClipImageOptions Parse(string json) => ClipImageOptionsReader.Parse(Encoding.UTF8.GetBytes(json));
}
