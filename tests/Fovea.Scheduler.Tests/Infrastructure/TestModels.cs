using Fovea.Contracts.Mapping;
using Fovea.Contracts.V1;
using Fovea.Planning.Shapes;

namespace Fovea.Scheduler.Tests.Infrastructure;

/// <summary>Gives the models that tests plan for.</summary>
internal static class TestModels
{
    public const string Llava = "llava-1.5-7b";

    public const int LlavaLayers = 32;

    public static ModelProfile LlavaProfile(string revision = "rev-1") => Profile(Llava, revision);

    public static ModelProfile Profile(string shape, string revision = "rev-1")
    {
        var profile = ModelProfileMapping.ToProto(new(shape, revision, KnownShapes.Get(shape), 4096));
        (profile.Family, profile.Dtype, profile.Device) = ("llava", "bf16", "cpu");
        return profile;
    }
}
