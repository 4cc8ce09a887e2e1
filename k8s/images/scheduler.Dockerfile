# docker build -f k8s/images/scheduler.Dockerfile -t REGISTRY/scheduler:VERSION .
FROM mcr.microsoft.com/dotnet/sdk:10.0.100 AS build
WORKDIR /src
COPY . .
RUN dotnet publish services/Scheduler/Fovea.Scheduler.csproj -c Release -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0.0 AS runtime

FROM debian:12.12-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates libssl3 libstdc++6 \
    && rm -rf /var/lib/apt/lists/*
COPY --from=runtime /usr/share/dotnet /usr/share/dotnet
COPY --from=build /app /app
ENV DOTNET_EnableDiagnostics=0
USER 10001:10001
WORKDIR /app
ENTRYPOINT ["/usr/share/dotnet/dotnet", "/app/Fovea.Scheduler.dll"]
