using Fovea.Executor.Runtime;
using Fovea.Torch.Images;

namespace Fovea.Executor.Intake;

/// <summary>Checks image files by their size and header; no pixel is decoded.</summary>
internal static class ImageChecks
{
    /// <summary>Adds every fault of one image, and gives its size where the header tells it.</summary>
    public static ImageSize? Check(ImageFile image, IntakeOptions options, RequestFaults faults)
    {
        if (image.Data.Length > options.MaxImageBytes)
        {
            faults.Invalid(image.Field, $"{image.Data.Length} bytes are more than {options.MaxImageBytes} (option Intake:MaxImageBytes).");
            return null;
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

            return new ImageSize(header.Width, header.Height);
        }
        catch (ImageException e)
        {
            faults.Invalid(image.Field, e.Message);
            return null;
        }
    }
}
