namespace Fovea.Executor.Text;

/// <summary>Who a message is from.</summary>
internal enum ChatRole
{
    /// <summary>Instructions for the whole conversation.</summary>
    System,

    /// <summary>The person who asks.</summary>
    User,

    /// <summary>The model's earlier answers.</summary>
    Assistant,
}
