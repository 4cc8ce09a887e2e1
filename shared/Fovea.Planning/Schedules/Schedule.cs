using System.Security.Cryptography;
using Fovea.Planning.Plans;
using Fovea.Planning.Policies;

namespace Fovea.Planning.Schedules;

/// <summary>Holds keep rates for one model, found under an id that follows from its content.</summary>
/// <remarks>
/// The id covers what decides a plan (model, revision, rates, floor) and nothing of where the rates come from: finding
/// the same rates twice gives one schedule. Canonical bytes, version 1, see <see cref="CanonicalWriter"/>:
/// <c>"fovea.schedule" 1 model revision layers rate* floor(-1 = none)</c>; version 2, of a schedule with modes, appends
/// <c>scorer positions</c> (-1 = none).
/// </remarks>
public sealed record Schedule
{
    /// <summary>The model name and revision that stand for any.</summary>
    public const string Any = "*";

    /// <summary>Makes a schedule and its id.</summary>
    /// <param name="name">Name for people; not part of the id.</param>
    /// <param name="model">Model the rates were made for, or <c>*</c>.</param>
    /// <param name="resolved">Rates, and the floor if the schedule brings its own.</param>
    /// <param name="modelRevision">Revision of the model, or <c>*</c>.</param>
    /// <param name="origin">The spec or search the rates come from; not part of the id.</param>
    /// <param name="modes">How it was made to drop tokens, or null to use the policy's way.</param>
    public Schedule(
        string name, string model, ResolvedSchedule resolved, string modelRevision = Any, string origin = "", PlanModes? modes = null)
    {
        ArgumentNullException.ThrowIfNull(resolved);
        (Name, Model, ModelRevision, Origin) = (name, model, modelRevision, origin);
        (Rates, Floor, Modes) = (resolved.Rates, resolved.Floor, modes);
        Id = ScheduleId.FromDigest(SHA256.HashData(CanonicalBytes()));
    }

    /// <summary>Gets the id.</summary>
    public ScheduleId Id { get; }

    /// <summary>Gets the name for people.</summary>
    public string Name { get; }

    /// <summary>Gets the model the rates were made for, or <c>*</c>.</summary>
    public string Model { get; }

    /// <summary>Gets the revision of the model, or <c>*</c>.</summary>
    public string ModelRevision { get; }

    /// <summary>Gets the keep rate of each layer.</summary>
    public KeepRates Rates { get; }

    /// <summary>Gets the floor the schedule brings, or null to use the policy's.</summary>
    public int? Floor { get; }

    /// <summary>Gets the spec or search the rates come from.</summary>
    public string Origin { get; }

    /// <summary>Gets how it was made to drop tokens, or null to use the policy's way; its seed is 0.</summary>
    public PlanModes? Modes { get; }

    /// <summary>Returns the bytes the id is the hash of.</summary>
    public byte[] CanonicalBytes()
    {
        var writer = new CanonicalWriter("fovea.schedule", Modes is null ? 1 : 2);
        writer.Write(Model);
        writer.Write(ModelRevision);
        writer.Write(Rates.Count);
        foreach (var rate in Rates.AsSpan())
        {
            writer.Write(rate);
        }

        writer.Write(Floor ?? -1);
        if (Modes is { } modes)
        {
            writer.Write((int?)modes.Scorer ?? -1);
            writer.Write((int?)modes.Positions ?? -1);
        }

        return writer.ToArray();
    }
}
