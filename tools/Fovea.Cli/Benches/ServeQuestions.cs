using Fovea.Cli.Sets;
using Fovea.Contracts.V1;
using Google.Protobuf;

namespace Fovea.Cli.Benches;

/// <summary>Makes the requests of a load from a question set; every image is read once, before the load begins.</summary>
internal sealed class ServeQuestions
{
    private readonly QuestionSet _set;
    private readonly GenerateRequest _template;
    private readonly bool _classByType;
    private readonly Dictionary<string, ByteString> _images = new(StringComparer.Ordinal);

    /// <summary>Reads the images.</summary>
    /// <param name="set">Questions.</param>
    /// <param name="template">What all requests share.</param>
    /// <param name="classByType">Whether each question's type is its class.</param>
    public ServeQuestions(QuestionSet set, GenerateRequest template, bool classByType)
    {
        (_set, _template, _classByType) = (set, template, classByType);
        foreach (var path in set.Questions.Select(set.PathOf).Distinct(StringComparer.Ordinal))
        {
            _images[path] = ByteString.CopyFrom(File.ReadAllBytes(path));
        }
    }

    /// <summary>Returns a request and the answer expected to it; numbers beyond the set begin it again.</summary>
    public (GenerateRequest Request, string Expected) At(int number)
    {
        var question = _set.Questions[number % _set.Questions.Count];
        var request = _template.Clone();
        request.RequestClass = _classByType ? question.Type : request.RequestClass;
        var message = new ChatMessage { Role = "user" };
        message.Parts.Add(new ContentPart { Image = new Image { Data = _images[_set.PathOf(question)] } });
        message.Parts.Add(new ContentPart { Text = question.Question });
        request.Messages.Add(message);
        return (request, question.Answer);
    }
}
