package lambdaapi

import (
	"encoding/base64"
	"maps"
	"net/http"
	"slices"
	"strconv"
)

// page is how many functions a list has at most, as Lambda's.
const page = 50

// list serves ListFunctions.
func (h *Handler) list(w http.ResponseWriter, r *http.Request) {
	functions := h.options.Functions()
	query := r.URL.Query()
	var all []configuration
	for i := range functions {
		f := &functions[i]
		all = append(all, f.configuration(h.options.Region, latest))
		if query.Get("FunctionVersion") != "ALL" {
			continue
		}
		for _, version := range f.Versions {
			all = append(all, f.configuration(h.options.Region, version))
		}
	}
	first, last, failure := pageOf(len(all), query.Get("Marker"), query.Get("MaxItems"))
	if failure != nil {
		failure.Write(w)
		return
	}
	document := map[string]any{"Functions": append([]configuration{}, all[first:last]...), "NextMarker": nil}
	if last < len(all) {
		document["NextMarker"] = marker(last)
	}
	writeJSON(w, http.StatusOK, document)
}

// pageOf returns the bounds of the page that begins at a marker.
func pageOf(size int, mark, most string) (first, last int, failure *Error) {
	count := page
	if most != "" {
		n, err := strconv.Atoi(most)
		if err != nil || n < 1 || n > 10_000 {
			return 0, 0, invalid("Value '" + most + "' at 'maxItems' failed to satisfy constraint: " +
				"Member must have value from 1 to 10000")
		}
		count = min(n, page)
	}
	if mark != "" {
		text, err := base64.StdEncoding.DecodeString(mark)
		if err == nil {
			first, err = strconv.Atoi(string(text))
		}
		if err != nil || first < 0 {
			return 0, 0, invalid("The marker " + mark + " is not one that ListFunctions has returned.")
		}
		first = min(first, size) // there may be fewer functions than before
	}
	return first, min(first+count, size), nil
}

// marker returns the marker of a page that begins with an index.
func marker(first int) string { return base64.StdEncoding.EncodeToString([]byte(strconv.Itoa(first))) }

// get serves GetFunction.
func (h *Handler) get(w http.ResponseWriter, r *http.Request) {
	f, qualifier, failure := h.find(r, r.PathValue("name"))
	if failure != nil {
		failure.Write(w)
		return
	}
	document := map[string]any{
		"Configuration": f.configuration(h.options.Region, qualifier),
		"Code":          map[string]string{"RepositoryType": "Local", "Location": f.Package},
	}
	if len(f.Tags) > 0 {
		document["Tags"] = f.Tags
	}
	if f.Concurrency > 0 {
		document["Concurrency"] = map[string]int{"ReservedConcurrentExecutions": f.Concurrency}
	}
	writeJSON(w, http.StatusOK, document)
}

// configuration serves GetFunctionConfiguration.
func (h *Handler) configuration(w http.ResponseWriter, r *http.Request) {
	f, qualifier, failure := h.find(r, r.PathValue("name"))
	if failure != nil {
		failure.Write(w)
		return
	}
	writeJSON(w, http.StatusOK, f.configuration(h.options.Region, qualifier))
}

// versions serves ListVersionsByFunction.
func (h *Handler) versions(w http.ResponseWriter, r *http.Request) {
	f, _, failure := h.find(r, r.PathValue("name"))
	if failure != nil {
		failure.Write(w)
		return
	}
	versions := []configuration{f.configuration(h.options.Region, latest)}
	for _, version := range f.Versions {
		versions = append(versions, f.configuration(h.options.Region, version))
	}
	writeJSON(w, http.StatusOK, map[string]any{"Versions": versions, "NextMarker": nil})
}

// aliases serves ListAliases.
func (h *Handler) aliases(w http.ResponseWriter, r *http.Request) {
	f, _, failure := h.find(r, r.PathValue("name"))
	if failure != nil {
		failure.Write(w)
		return
	}
	aliases := []map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(f.Aliases)) {
		aliases = append(aliases, map[string]string{
			"AliasArn": f.arn(h.options.Region, name), "Name": name, "FunctionVersion": f.Aliases[name],
		})
	}
	writeJSON(w, http.StatusOK, map[string]any{"Aliases": aliases, "NextMarker": nil})
}
