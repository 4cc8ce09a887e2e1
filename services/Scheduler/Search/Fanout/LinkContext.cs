using System.Threading.Channels;

namespace Fovea.Scheduler.Search.Fanout;

/// <summary>Gives what the links of one evaluation share.</summary>
/// <param name="Target">What is scored.</param>
/// <param name="Holders">Who holds the set.</param>
/// <param name="Events">Where links tell what happens.</param>
/// <param name="Tools">Options, clock, channels and logger.</param>
internal sealed record LinkContext(EvaluationTarget Target, SetHolders Holders, ChannelWriter<LinkEvent> Events, FanoutTools Tools);
