namespace Sdk;

internal static class Program
{
    private static int Main(string[] args)
    {
        if (args is not [string store, string journal])
        {
            Console.Error.WriteLine("usage: Worker <store folder> <journal file>");
            return 2;
        }

        var worker = new Worker(store, journal);
        try
        {
            worker.Start();
        }
        catch (OperationCanceledException)
        {
            return 0;
        }

        // The program that started us writes to our stdin. End of file: it is gone, and so are we.
        while (Console.ReadLine() is { } message)
        {
            switch (message)
            {
                case "ping":
                    Console.WriteLine(worker.Status);
                    break;
                case "close":
                    worker.Shutdown("close");
                    break;
            }
        }

        worker.Shutdown("disconnect");
        return 0;
    }
}
