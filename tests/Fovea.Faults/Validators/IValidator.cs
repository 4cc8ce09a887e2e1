using Fovea.Faults.Histories;

namespace Fovea.Faults.Validators;

/// <summary>Checks one guarantee over a history; a pure function of it.</summary>
internal interface IValidator
{
    /// <summary>Gets the name of the guarantee.</summary>
    string Guarantee { get; }

    /// <summary>Returns every breach.</summary>
    Verdict Check(History history);
}
