using Reanchor.Collector.Commands;

return await CollectorCommand.RunAsync(args, Console.Out, Console.Error);
