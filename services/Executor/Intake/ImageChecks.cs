using Fovea.Torch.Images;

namespace Fovea.Executor.Intake;

/// <summary>Checks image files by their size and header; no pixel is decoded.</summary>
internal static class ImageChecks
{
    /// <summary>Adds every fault of one image.</summary>
    public static void Check(ImageFile image, IntakeOptions options, RequestFaults faults)
    {
        if (image.Data.Length > options.MaxImageBytes)
        {
            faults.Invalid(image.Field, $"{image.Data.Length} bytes are more than {options.MaxImageBytes} (option Intake:MaxImageBytes).");
            return;
        }

        try
        {
            var header = ImageCodec.Probe(image.Data.Span);
            if (header.Pixels > options.MaxImagePixels)
            {
                faults.Invalid(
                    image.Field,
                    $"{header.Width} x {header.Height} = {header.Pixels} pixels are more than {options.MaxImagePixels} "
                    + "(option Intake:MaxImagePixels).");
            }
        }
        catch (ImageException e)
        {
            faults.Invalid(image.Field, e.Message);
        }
    }
}
