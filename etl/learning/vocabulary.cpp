#include "learning/vocabulary.hpp"

#include "attribution/data_source_resolver.hpp"
#include "attribution/failure_words.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace tidemark {
namespace {

using Words = std::span<const std::string_view>;

/// Beginnings of words; a whole word where it ends in a full stop.
constexpr std::array<std::string_view, 63> success_words = {
    "complet",  "finish",     "succe",       "done.",         "ended.",       "end.",
    "loaded.",  "ok.",        "afsluttet",   "færdig",        "gennemført",   "fuldført",
    "lykkedes", "udført",     "slut.",       "abgeschlossen", "beendet",      "erfolgreich",
    "fertig",   "erledigt",   "vollständig", "voltooid",      "geslaagd",     "klaar.",
    "gereed",   "afgerond",   "beëindigd",   "slutförd",      "klar.",        "lyckad",
    "avslutad", "fullført",   "ferdig",      "vellykket",     "terminé",      "réussi",
    "achevé",   "fini.",      "finie.",      "terminad",      "completad",    "finaliz",
    "exitos",   "éxito",      "completat",   "terminat",      "riuscit",      "finit",
    "concluíd", "concluid",   "sucesso",     "zakończon",     "ukończon",     "pomyślnie",
    "valmis.",  "valmistu",   "onnistu",     "finalizado",    "transferred.", "imported.",
    "passed.",  "processed.", "gelukt."};

constexpr std::array<std::string_view, 58> start_words = {
    "start",    "begin",    "began.",  "executing",   "execution",     "running",    "initiali",
    "launch",   "påbegynd", "begynd",  "igangsat",    "sat.",          "kører",      "gestartet",
    "beginn",   "läuft",    "gestart", "aangevangen", "begonnen",      "påbörja",    "börja",
    "påbegynt", "begynner", "démarr",  "commenc",     "début",         "lancé",      "lancement",
    "inicia",   "comienz",  "empez",   "comenz",      "avvia",         "inizi",      "cominci",
    "iniciad",  "começ",    "rozpocz", "uruchom",     "aloite",        "käynnist",   "alkaa.",
    "alkoi.",   "opening.", "opened.", "loading.",    "transferring.", "importing.", "starter",
    "wordt.",   "bezig.",   "queued.", "picked.",     "aktiver",       "ausführung", "wird.",
    "udfører",  "starting"};

/// Words beside a success that take it back.
constexpr std::array<std::string_view, 24> restricting_words = {
    "not.",    "never.",       "nicht.",       "ikke.",     "niet.",         "inte.",
    "pas.",    "non.",         "nie.",         "ei.",       "partial",       "partly",
    "delvis",  "teilweise",    "gedeeltelijk", "incomplet", "unvollständig", "ufuldstændig",
    "skipped", "übersprungen", "nothing.",     "instead.",  "almost.",       "before."};

/// Likewise, unless they are denied themselves.
const std::vector<std::string> warning_words = {
    "warn",    "advarsel", "advarsler", "avertissement", "advertencia", "waarschuwing",
    "varning", "avviso",   "avvisi",    "ostrze",        "varoit"};

constexpr std::array<std::string_view, 24> row_words = {
    "row",    "record",   "række", "rækker", "poster", "post.", "zeile", "sätze",          "satz.",
    "datens", "rij.",     "rijen", "regels", "rader",  "rad.",  "ligne", "enregistrement", "fila.",
    "filas",  "registro", "righe", "riga.",  "linhas", "wiersz"};

constexpr std::array<std::string_view, 24> task_words = {
    "transfer",   "task",       "overførsel", "overføring", "opgave",   "übertrag",
    "aufgabe",    "übernahme",  "import",     "load",       "indlæs",   "laden",
    "ladung",     "overdracht", "taak",       "överför",    "uppgift",  "tâche",
    "chargement", "tarea",      "carga",      "carico",     "synchron", "sync"};

constexpr std::array<std::string_view, 5> package_words = {"package", "paket", "pakke", "paquet",
                                                           "pakket"};

constexpr std::array<std::string_view, 12> source_words = {
    "source", "datasource",   "datenquelle", "quelle", "datakilde", "kilde",
    "bron.",  "gegevensbron", "datakälla",   "origen", "fuente",    "sorgente"};

constexpr std::array<std::string_view, 22> manner_words = {
    "full",   "incremental", "incr.",    "delta",     "load",    "nightly",  "daily", "hourly",
    "weekly", "import",      "transfer", "metadata",  "initial", "complete", "fuld",  "fuldt",
    "voll",   "vollständig", "täglich",  "inkrement", "daglig",  "sync"};

bool is_one_of(std::string_view word, Words words) {
    return std::any_of(words.begin(), words.end(), [word](std::string_view known) {
        return known.ends_with('.') ? word == known.substr(0, known.size() - 1)
                                    : word.starts_with(known);
    });
}

/// `TaskCompleted` is two words.
std::string spaced(std::string_view text) {
    std::string apart;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool begins =
            i > 0 && text[i] >= 'A' && text[i] <= 'Z' && text[i - 1] >= 'a' && text[i - 1] <= 'z';
        if (begins) apart += ' ';
        apart += text[i];
    }
    return apart;
}

/// The text with the names left out.
std::string without(std::string_view text, std::initializer_list<std::string_view> names) {
    std::string rest;
    for (const char& c : text) {
        const bool named = std::any_of(names.begin(), names.end(), [&](std::string_view name) {
            return !name.empty() && &c >= name.data() && &c < name.data() + name.size();
        });
        rest += named ? '\0' : c;
    }
    return rest;
}

} // namespace

OutcomeWord find_outcome(std::string_view text, std::initializer_list<std::string_view> names,
                         const std::vector<std::string>& failure_words) {
    if (const auto word = failure_word_in(text, names, failure_words))
        return {TaskOutcome::failed, *word};
    OutcomeWord success;
    OutcomeWord start;
    bool restricted = failure_word_in(text, names, warning_words).has_value();
    for (const std::string& word : words_of(spaced(without(text, names)))) {
        if (is_one_of(word, restricting_words)) restricted = true;
        if (!success.outcome && is_one_of(word, success_words))
            success = {TaskOutcome::succeeded, word};
        if (!start.outcome && is_one_of(word, start_words)) start = {TaskOutcome::started, word};
    }
    if (success.outcome) return restricted ? OutcomeWord{} : success;
    return restricted ? OutcomeWord{} : start;
}

bool is_row_word(std::string_view word) { return is_one_of(word, row_words); }
bool is_task_word(std::string_view word) { return is_one_of(word, task_words); }
bool is_package_word(std::string_view word) { return is_one_of(word, package_words); }
bool is_source_word(std::string_view word) { return is_one_of(word, source_words); }
bool is_manner_word(std::string_view word) { return is_one_of(word, manner_words); }

bool is_outcome_word(const std::string& word, const std::vector<std::string>& failure_words) {
    return is_one_of(word, success_words) || is_one_of(word, start_words) ||
           is_one_of(word, restricting_words) ||
           failure_word_in(word, {}, failure_words).has_value();
}

} // namespace tidemark
