using Microsoft.Extensions.Options;

namespace Reanchor.Collector.Watching;

[OptionsValidator]
internal sealed partial class WatchedDirectoryOptionsValidator : IValidateOptions<WatchedDirectoryOptions>;

[OptionsValidator]
internal sealed partial class ReanchorOptionsValidator : IValidateOptions<ReanchorOptions>;

[OptionsValidator]
internal sealed partial class WatchOptionsValidator : IValidateOptions<WatchOptions>;

[OptionsValidator]
internal sealed partial class SyncOptionsValidator : IValidateOptions<SyncOptions>;
