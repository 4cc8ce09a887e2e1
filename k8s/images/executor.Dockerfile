# docker build -f k8s/images/executor.Dockerfile -t REGISTRY/executor:VERSION .
# For CPUs, with Debian's libtorch.
FROM mcr.microsoft.com/dotnet/sdk:10.0.100 AS sdk

FROM mcr.microsoft.com/dotnet/aspnet:10.0.0 AS runtime

FROM debian:12.12-slim AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates cmake g++ libopenblas0-openmp libssl3 libtorch-dev libvips-dev make
COPY --from=sdk /usr/share/dotnet /usr/share/dotnet
ENV PATH=/usr/share/dotnet:$PATH
WORKDIR /src
COPY . .
RUN scripts/build-native.sh \
    && dotnet publish services/Executor/Fovea.Executor.csproj -c Release -o /app

FROM debian:12.12-slim
# BLAS and LAPACK both come from OpenBLAS with OpenMP: see scripts/setup.sh.
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates fonts-dejavu-core libopenblas0-openmp libssl3 libtorch1.13 libvips42 \
    && rm -rf /var/lib/apt/lists/* \
    && for library in libblas.so.3 liblapack.so.3; do \
         link=$library-$(uname -m)-linux-gnu; \
         update-alternatives --set "$link" "$(update-alternatives --list "$link" | grep /openblas-openmp/)"; \
       done
COPY --from=runtime /usr/share/dotnet /usr/share/dotnet
COPY --from=build /app /app
COPY models/demo/model /app/models/demo/model
ENV DOTNET_EnableDiagnostics=0
USER 10001:10001
WORKDIR /app
ENTRYPOINT ["/usr/share/dotnet/dotnet", "/app/Fovea.Executor.dll"]
