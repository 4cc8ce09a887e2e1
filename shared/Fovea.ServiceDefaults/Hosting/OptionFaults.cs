using Fovea.ServiceDefaults.Security;
using Microsoft.Extensions.Options;

namespace Fovea.ServiceDefaults.Hosting;

/// <summary>Gathers what is wrong with one configuration section; each fault names the option, its value and the limits.</summary>
internal sealed class OptionFaults
{
    private readonly string _section;
    private readonly List<string> _faults = [];

    /// <summary>Gathers for a section.</summary>
    public OptionFaults(string section)
    {
        _section = section;
    }

    /// <summary>The outcome of the validation.</summary>
    public ValidateOptionsResult Result => _faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(_faults);

    /// <summary>Notes a fault of an option.</summary>
    public void Add(string option, string message) => _faults.Add($"{_section}:{option} {message}.");

    /// <summary>Notes a value outside its limits, both included.</summary>
    public void Range<T>(string option, T value, T least, T most)
        where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
        {
            Add(option, $"is {value}; it has to be from {least} to {most}");
        }
    }

    /// <summary>Notes a text that is missing.</summary>
    public void Text(string option, string value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            Add(option, "is empty");
        }
    }

    /// <summary>Notes files from which the thing that they are for cannot be made; a first name that is empty stands for no file.</summary>
    public void File(string option, IReadOnlyList<string> paths, Func<IReadOnlyList<byte[]>, object> make)
    {
        if (paths[0].Length == 0)
        {
            return;
        }

        try
        {
            make([.. paths.Select(System.IO.File.ReadAllBytes)]);
        }
        catch (Exception exception) when (ReloadedFiles<object>.IsFault(exception))
        {
            Add(option, $"is \"{string.Join("\", \"", paths)}\", which cannot be used: {exception.Message.TrimEnd('.')}");
        }
    }
}
