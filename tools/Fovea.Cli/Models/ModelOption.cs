using System.CommandLine;
using System.CommandLine.Parsing;

namespace Fovea.Cli.Models;

/// <summary>Is <c>--model</c>: a folder in Hugging Face layout that exists.</summary>
internal sealed class ModelOption : Option<string>
{
    /// <summary>Makes the option.</summary>
    public ModelOption()
        : base("--model")
    {
        Required = true;
        HelpName = "DIR";
        Description = "Folder of a checkpoint in Hugging Face layout";
        Validators.Add(Check);
    }

    private static void Check(OptionResult result)
    {
        if (result.Tokens.Count == 1 && !Directory.Exists(result.Tokens[0].Value))
        {
            result.AddError($"--model: '{result.Tokens[0].Value}' is no folder");
        }
    }
}
