namespace Fovea.Executor.Text;

/// <summary>How the known templates of the LLaVA-1.5 family differ.</summary>
/// <param name="NamesSystem">Whether a system message begins with its role as the others do.</param>
/// <param name="SpaceAfterEachText">Whether each text of a message ends in a space, rather than the message.</param>
internal sealed record ChatStyle(bool NamesSystem, bool SpaceAfterEachText)
{
    /// <summary>The template of the LLaVA-1.5 checkpoints, also used where a checkpoint brings none.</summary>
    public static ChatStyle Llava15 { get; } = new(NamesSystem: false, SpaceAfterEachText: true);

    /// <summary>The template that writes every role in capitals and ends every message in a space.</summary>
    public static ChatStyle RoleUpper { get; } = new(NamesSystem: true, SpaceAfterEachText: false);
}
