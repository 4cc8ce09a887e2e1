using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fovea.ServiceDefaults.Clients;

/// <summary>Registers what secures the channels of a server to other servers.</summary>
internal static class ClientServices
{
    /// <summary>Adds the section <c>Client</c> and <see cref="ClientSecurity"/>.</summary>
    public static void AddSecureClients(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ClientOptions>()
            .Bind(configuration.GetSection(ClientOptions.Section), binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<ClientOptions>, ClientOptionsValidator>();
        services.AddSingleton(provider => new ClientSecurity(
            provider.GetRequiredService<IOptions<ClientOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ClientSecurity>>()));
    }
}
