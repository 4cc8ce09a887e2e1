using Fovea.Cli.Shell;
using Fovea.Cli.Tests.Infrastructure;

namespace Fovea.Cli.Tests.Evaluations;

public sealed class EvalRunCommandTests
{
    private const string Lines = """
        {"image": "images/a.jpg", "question": "one?", "answer": "red", "type": "color", "vision_tokens": [1]}
        {"image": "a.jpg", "question": "two?", "answer": "blue", "type": "color"}
        {"image": "images/a.jpg", "question": "three?", "answer": "four", "type": "count"}
        """;

    [Fact]
    public async Task Run_Json_HasExactlyTheDocumentedForm()
    {
        using var folder = Set(Lines);
        await using var server = await TestServer.StartAsync(new ScriptedInference(_ => " red "));

        var run = await CliRun.OfAsync("eval", "run", "--set", folder.Path, "--plan", "full", "--json", "--executor", server.Address);

        Assert.Equal(ExitCodes.Ok, run.Code);
        Assert.Equal(["accuracy", "questions", "by_type", "gflops", "gflops_full", "plan_digest"], run.Json.AsObject().Select(pair => pair.Key));
        Assert.Equal(100.0 / 3, (double)run.Json["accuracy"]!, 1e-9);
        Assert.Equal(3, (int)run.Json["questions"]!);
        Assert.Equal("""{"color":50,"count":0}""", run.Json["by_type"]!.ToJsonString());
        Assert.Equal((2, 4), ((double)run.Json["gflops"]!, (double)run.Json["gflops_full"]!));
        Assert.Equal(ScriptedInference.Digest, (string?)run.Json["plan_digest"]);
    }

    [Fact]
    public async Task Run_ClassByType_SendsEachType()
    {
        using var folder = Set(Lines);
        var service = new ScriptedInference(_ => "red");
        await using var server = await TestServer.StartAsync(service);

        await CliRun.OfAsync("eval", "run", "--set", folder.Path, "--class-by-type", "--executor", server.Address);

        Assert.Equal(["color", "color", "count"], service.Requests.Select(request => request.RequestClass));
        Assert.All(service.Requests, request => Assert.Null(request.Plan));
    }

    [Fact]
    public async Task Run_Limit_AsksOnlyTheFirst()
    {
        using var folder = Set(Lines);
        var service = new ScriptedInference(_ => "red");
        await using var server = await TestServer.StartAsync(service);

        await CliRun.OfAsync("eval", "run", "--set", folder.Path, "--limit", "1", "--class", "c", "--executor", server.Address);

        Assert.Equal("c", Assert.Single(service.Requests).RequestClass);
    }

    [Fact]
    public async Task Run_BadSet_NamesEveryFaultBeforeAsking()
    {
        using var folder = Set("{\"image\": \"gone.jpg\", \"question\": \"q\", \"answer\": \"a\"}\nnot json\n{\"image\": \"a.jpg\"}\n");

        var run = await CliRun.OfAsync("eval", "run", "--set", folder.Path, "--executor", "http://127.0.0.1:1");

        Assert.Equal(ExitCodes.Usage, run.Code);
        foreach (var named in (string[])["gone.jpg", "questions.jsonl:2", "questions.jsonl:3"])
        {
            Assert.Contains(named, run.Error, StringComparison.Ordinal);
        }
    }

    private static TempFolder Set(string lines)
    {
        var folder = new TempFolder();
        folder.Write("questions.jsonl", lines);
        folder.Write("images/a.jpg", "only sent, never decoded here");
        return folder;
    }
}
