using System.Security.Cryptography;
using Fovea.Contracts.Calibration;
using Fovea.Contracts.V1;
using Fovea.Executor.Intake;

namespace Fovea.Executor.Calibration.Sets;

/// <summary>Takes one set in, part by part, and notes everything that is wrong with it.</summary>
internal sealed class SetReceiver
{
    private readonly string _folder;
    private readonly CalibrationOptions _options;
    private readonly IntakeOptions _intake;
    private readonly RequestFaults _faults = new();
    private readonly Dictionary<string, byte[]> _hashes = new(StringComparer.Ordinal);
    private Dictionary<string, int> _indices = new(StringComparer.Ordinal);
    private SetQuestions? _questions;
    private long _bytes;

    /// <summary>Writes to an empty folder.</summary>
    public SetReceiver(string folder, CalibrationOptions options, IntakeOptions intake)
    {
        _folder = folder;
        _options = options;
        _intake = intake;
    }

    /// <summary>Takes a part.</summary>
    /// <exception cref="RequestRefusedException">The set is too large, or does not begin with its questions: reading on has no use.</exception>
    public void Take(SetPart part)
    {
        switch (part.KindCase)
        {
            case SetPart.KindOneofCase.Questions when _questions is null:
                TakeQuestions(part.Questions);
                break;
            case SetPart.KindOneofCase.Image when _questions is not null:
                TakeImage(part.Image);
                break;
            case SetPart.KindOneofCase.Questions:
                _faults.Invalid("questions", "Questions are given twice; all of them come in one part, the first.");
                break;
            default:
                _faults.Invalid("questions", "The first part is no questions; all of them come first, in one part.");
                _faults.ThrowIfAny();
                break;
        }
    }

    /// <summary>Ends the set.</summary>
    /// <returns>Its digest.</returns>
    /// <exception cref="RequestRefusedException">Something is wrong; it carries every fault.</exception>
    public string Finish()
    {
        if (_questions is null)
        {
            _faults.Invalid("questions", "No questions are given.");
        }

        foreach (var key in _indices.Keys.Where(key => !_hashes.ContainsKey(key)))
        {
            _faults.Invalid($"images[{key}]", "A question names this image, and it is missing.");
        }

        _faults.ThrowIfAny();
        SetFolder.WriteQuestions(_folder, _questions!);
        return QuestionSetDigest.OfHashes(_questions!.Questions, key => _hashes[key]);
    }

    private void TakeQuestions(SetQuestions questions)
    {
        _questions = questions;
        Count(questions.CalculateSize());
        if (questions.Questions.Count == 0)
        {
            _faults.Invalid("questions", "The set has no question.");
        }

        for (var index = 0; index < questions.Questions.Count; index++)
        {
            var question = questions.Questions[index];
            if (question.Image.Length == 0)
            {
                _faults.Invalid($"questions[{index}].image", "The question names no image.");
            }

            if (question.Question.Length == 0 || question.Question.Length > _intake.MaxTextCharacters)
            {
                _faults.Invalid(
                    $"questions[{index}].question",
                    $"{question.Question.Length} characters are not 1 to {_intake.MaxTextCharacters} (option Intake:MaxTextCharacters).");
            }
        }

        _indices = QuestionSetDigest.ImageKeys(questions.Questions).Where(key => key.Length > 0).Select((key, index) => (key, index))
            .ToDictionary(image => image.key, image => image.index, StringComparer.Ordinal);
    }

    private void TakeImage(SetImage image)
    {
        Count(image.Data.Length);
        var field = $"images[{image.Key}]";
        if (!_indices.TryGetValue(image.Key, out var index))
        {
            _faults.Invalid(field, "No question names this image.");
        }
        else if (!_hashes.TryAdd(image.Key, SHA256.HashData(image.Data.Span)))
        {
            _faults.Invalid(field, "The image is given twice.");
        }
        else
        {
            ImageChecks.Check(new ImageFile(field, image.Data.Memory), _intake, _faults);
            SetFolder.WriteImage(_folder, index, image.Data.Span);
        }
    }

    private void Count(long bytes)
    {
        _bytes += bytes;
        if (_bytes > _options.MaxSetBytes)
        {
            _faults.Invalid("images", $"The set has more than {_options.MaxSetBytes} bytes (option Calibration:MaxSetBytes).");
            _faults.ThrowIfAny();
        }
    }
}
