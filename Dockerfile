FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY appsettings.json README.md ./
COPY ProjectConsole ProjectConsole
RUN dotnet publish ProjectConsole -c Release -o /console

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /console
COPY --from=build /console .
ENV Urls=http://+:5080 Console__DataDirectory=/data
RUN mkdir /data && chown $APP_UID /data
VOLUME /data
EXPOSE 5080
USER $APP_UID
ENTRYPOINT ["dotnet", "ProjectConsole.dll"]
