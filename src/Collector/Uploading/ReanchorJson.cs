using System.Text.Json;
using System.Text.Json.Serialization;

namespace Reanchor.Collector.Uploading;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(AcceptedInventory))]
[JsonSerializable(typeof(Work))]
[JsonSerializable(typeof(SyncResult))]
[JsonSerializable(typeof(Problem))]
internal sealed partial class ReanchorJson : JsonSerializerContext;
