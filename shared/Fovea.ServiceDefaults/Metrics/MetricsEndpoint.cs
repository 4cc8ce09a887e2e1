using Fovea.ServiceDefaults.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Fovea.ServiceDefaults.Metrics;

/// <summary>Serves the metrics, on their own listener only.</summary>
internal static class MetricsEndpoint
{
    /// <summary>The path.</summary>
    public const string Path = "/metrics";

    /// <summary>Answers one scrape.</summary>
    public static Task HandleAsync(HttpContext http)
    {
        if (ListenerFeature.Of(http) != ListenerKind.Metrics)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        http.Response.ContentType = PrometheusText.ContentType;
        return http.Response.WriteAsync(http.RequestServices.GetRequiredService<MetricsCollector>().Collect());
    }
}
