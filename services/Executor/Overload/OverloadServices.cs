namespace Fovea.Executor.Overload;

/// <summary>Registers what an executor does under overload.</summary>
internal static class OverloadServices
{
    /// <summary>Adds reservations, ladders and what joins them.</summary>
    public static IServiceCollection AddOverload(this IServiceCollection services) => services
        .AddSingleton<KvReservations>()
        .AddSingleton<OverloadMeter>()
        .AddSingleton<TierBoard>()
        .AddSingleton<LoadControl>();
}
