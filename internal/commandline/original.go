package commandline

// OriginalService is the command of the deploy program that describes an unchanged application of the original Sparta,
// for local runs.
const OriginalService = "original-service"

// OriginalPackage holds the flags of that command: the package that runs, to which it adds the files of Archive hooks.
type OriginalPackage struct {
	Stage   string `flag:"stage" usage:"the folder with the package's files"`
	Library string `flag:"library" usage:"the library's name"`
	Zip     string `flag:"zip" usage:"the package's path, for messages"`
	Site    bool   `flag:"site" usage:"unpack the site's files"`
}

// Rendering is the message before an unchanged application of a version of the original Sparta renders its template.
func Rendering(version string) string {
	return "the template, by the application's own Sparta " + version +
		", which runs its hooks; what it writes is kept in .sparta/original"
}

// LocalService is the command of a Sparta application that describes its service, with the values of variables, for
// local runs.
const LocalService = "local"

// LocalServiceMark begins the line of that command's output that has the service, as JSON: an application may write to
// its standard output, too.
const LocalServiceMark = "sparta service: "
