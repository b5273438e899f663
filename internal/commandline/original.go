package commandline

// OriginalFunctions is the command of the deploy program that describes the functions of an unchanged application of
// the original Sparta, for local runs.
const OriginalFunctions = "original-functions"

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
