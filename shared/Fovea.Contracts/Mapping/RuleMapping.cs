using Fovea.Planning.Policies;
using Wire = Fovea.Contracts.V1;

namespace Fovea.Contracts.Mapping;

/// <summary>Maps class rules.</summary>
internal static class RuleMapping
{
    private static readonly Serving Nothing = new Serving.Full();

    /// <summary>Returns the rule; where what it serves has faults, these are noted and it keeps everything.</summary>
    public static ClassRule ToDomain(Wire.ClassRule message, string path, FaultList faults) =>
        new(message.RequestClass, faults.Take(ServingMapping.ToDomain(message), path) ?? Nothing)
        {
            Tenant = message.Tenant.Length == 0 ? ClassRule.AnyTenant : message.Tenant,
            Model = message.Model.Length == 0 ? Policy.AnyModel : message.Model,
            Floor = message.HasFloor ? message.Floor : null,
        };

    /// <summary>Returns the message; tenant and model stay empty where the rule names none.</summary>
    public static Wire.ClassRule ToProto(ClassRule rule)
    {
        var message = new Wire.ClassRule
        {
            RequestClass = rule.RequestClass,
            Tenant = rule.Tenant == ClassRule.AnyTenant ? string.Empty : rule.Tenant,
            Model = rule.Model == Policy.AnyModel ? string.Empty : rule.Model,
        };
        if (rule.Floor is { } floor)
        {
            message.Floor = floor;
        }

        ServingMapping.Write(rule.Serve, message);
        return message;
    }
}
