namespace Fovea.Scheduler.Hosting;

/// <summary>Gathers the faults of one configuration section; each names the option, its value and the limits.</summary>
internal sealed class OptionFaults
{
    private readonly string _section;
    private readonly List<string> _faults = [];

    /// <summary>Makes a list for a section.</summary>
    public OptionFaults(string section) => _section = section;

    /// <summary>Gets the faults in the order found.</summary>
    public IReadOnlyList<string> All => _faults;

    /// <summary>Notes a fault of an option.</summary>
    public void Add(string option, string message) => _faults.Add($"{_section}:{option} {message}");

    /// <summary>Notes a time outside its limits, both included.</summary>
    public void Range(string option, TimeSpan value, TimeSpan least, TimeSpan most)
    {
        if (value < least || value > most)
        {
            Add(option, $"is {value}, it must be within {least} and {most}");
        }
    }

    /// <summary>Notes a number outside its limits, both included.</summary>
    public void Range(string option, long value, long least, long most)
    {
        if (value < least || value > most)
        {
            Add(option, $"is {value}, it must be within {least} and {most}");
        }
    }

    /// <summary>Notes a text that is missing or blank.</summary>
    public void Text(string option, string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            Add(option, "is empty");
        }
    }
}
