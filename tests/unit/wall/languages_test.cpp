// The eight languages that come with the program: words as people write them.
#include <algorithm>
#include <catch2/catch.hpp>
#include <set>
#include <string>
#include <vector>

#include "unit/wall/said.hpp"
#include "wall/analyser.hpp"
#include "wall/terms.hpp"

using namespace tribune;

namespace {

const std::vector<std::string>& codes() {
    static const std::vector<std::string> out{"fr", "en", "de", "es", "it", "pt", "tr", "ar"};
    return out;
}

const std::vector<LanguageWords>& all() {
    static const std::vector<LanguageWords> out = [] {
        std::vector<LanguageWords> lists;
        for (const auto& code : codes()) lists.push_back(test::language(code));
        return lists;
    }();
    return out;
}

std::set<std::string> words_of(const std::string& text, const std::string& language) {
    TextAnalyser analyser(all());
    std::set<std::string> out;
    for (const auto& w : analyser.analyse(text, language).words) out.insert(w.spelling);
    return out;
}

std::size_t keys_of(const std::string& text, const std::string& language) {
    TextAnalyser analyser(all());
    std::set<std::string> out;
    for (const auto& w : analyser.analyse(text, language).words) out.insert(w.key);
    return out.size();
}

// All are one term.
bool same(const std::string& text, const std::string& language) { return keys_of(text, language) == 1; }

using Words = std::set<std::string>;

}  // namespace

TEST_CASE("languages: each has a list of function words, without doubles") {
    for (const auto& list : all()) {
        CAPTURE(list.code);
        CHECK(list.words.size() >= 180);
        CHECK(std::set<std::string>(list.words.begin(), list.words.end()).size() == list.words.size());
    }
}

TEST_CASE("languages: singular and plural are one term") {
    for (const auto& [language, texts] : std::vector<std::pair<std::string, std::vector<std::string>>>{
             {"fr",
              {"vélo vélos", "cinéma cinémas", "lieu lieux", "bureau bureaux", "hôpital hôpitaux",
               "ami amis amie amies", "jeu jeux", "trou trous", "cher chère chers chères",
               "heureux heureuse heureuses"}},
             {"en", {"house houses", "city cities", "tree trees", "child's child"}},
             {"de",
              {"Wohnung Wohnungen WOHNUNG", "Baum Bäume Bäumen", "Schule Schulen", "Straße Strasse STRASSE Straßen",
               "Kind Kinder Kindern", "Fahrrad Fahrrads"}},
             {"es",
              {"vivienda viviendas", "canción canciones CANCION", "autobús autobuses", "árbol árboles", "niño niños"}},
             {"it",
              {"casa case", "strada strade", "albero alberi", "città CITTÀ citta", "dell'albero l’albero alberi"}},
             {"pt", {"casa casas", "habitação habitações", "transporte transportes", "cidadão CIDADÃO"}},
             {"tr",
              {"ev evler evlerde", "okul okullar OKULLAR", "ağaç ağaçlar", "IŞIK ışık ışıklar",
               "İSTANBUL İstanbul istanbul", "İstanbul'da İstanbul’un İstanbul", "park parklar parkları"}},
             {"ar",
              {"السكن سكن والسكن للسكن بالسكن", "سيارة سيارات السيارات", "معلم معلمون المعلمين", "مُدَرِّس مدرس المدرس",
               "حـــق حق الحق", "وطن الوطن وطني", "حديقة الحديقة"}}}) {
        for (const auto& text : texts) {
            CAPTURE(language, text);
            CHECK(same(text, language));
        }
    }
}

TEST_CASE("languages: what differs stays apart") {
    CHECK(keys_of("cas casse case", "fr") >= 2);
    CHECK(keys_of("pari parc part", "fr") == 3);
    CHECK(keys_of("Haus Maus Laus", "de") == 3);
    CHECK(keys_of("kar kır kırk", "tr") == 3);
    CHECK(words_of("temiz su şu", "tr") == Words{"temiz", "su"});
    CHECK(keys_of("حق حقل حي", "ar") == 3);
}

TEST_CASE("languages: function words are left out") {
    CHECK(words_of("Wir wollen mehr Bäume und keine Autos in der Stadt", "de") == Words{"Bäume", "Autos", "Stadt"});
    CHECK(words_of("Queremos más árboles y que no haya coches en el barrio", "es") ==
          Words{"Queremos", "árboles", "coches", "barrio"});
    CHECK(words_of("Vogliamo più alberi nell'area e dell’acqua per tutti", "it") ==
          Words{"Vogliamo", "alberi", "area", "acqua"});
    CHECK(words_of("Queremos mais árvores e não há transportes para todos nós", "pt") ==
          Words{"Queremos", "árvores", "transportes"});
    CHECK(words_of("Daha çok ağaç istiyoruz, bu mahallede hiç park yok", "tr") ==
          Words{"ağaç", "istiyoruz", "mahallede", "park"});
    CHECK(words_of("نريد المزيد من الأشجار في هذا الحي", "ar") == Words{"نريد", "المزيد", "الأشجار", "الحي"});
    // Typed without their accents, as on many keyboards.
    CHECK(words_of("Tambien para mas arboles", "es") == Words{"arboles"});
    CHECK(words_of("nao tem agua", "pt") == Words{"agua"});
    CHECK(words_of("ICIN DEGIL park", "tr") == Words{"park"});
    CHECK(words_of("İÇİN DEĞİL HİÇBİR park", "tr") == Words{"park"});
    CHECK(words_of("الى المدرسة", "ar") == Words{"المدرسة"});
    CHECK(words_of("إِلَى المدرسة", "ar") == Words{"المدرسة"});
}

TEST_CASE("languages: each is told by its function words") {
    TextAnalyser analyser(all());
    for (const auto& [text, code] :
         std::vector<std::pair<std::string, std::string>>{{"les loyers sont trop chers pour nous", "fr"},
                                                          {"the rent is too high for all of us", "en"},
                                                          {"die Mieten sind für uns alle zu hoch", "de"},
                                                          {"los alquileres son muy caros para nosotros", "es"},
                                                          {"gli affitti sono troppo cari per tutti noi", "it"},
                                                          {"os aluguéis são muito caros para nós", "pt"},
                                                          {"kiralar bizim için çok pahalı değil mi", "tr"},
                                                          {"الإيجار مرتفع جدا على الجميع في هذا الحي", "ar"}}) {
        CAPTURE(text);
        CHECK(analyser.analyse(text, "").language == code);
        CHECK(analyser.analyse(text, "auto").language == code);
        CHECK(analyser.analyse(text, code + "-XX").language == code);
    }
}

TEST_CASE("languages: Turkish casing is Turkish only") {
    CHECK(same("KIRIK kırık", "tr"));
    CHECK(same("ISI ısı", "tr"));
    CHECK(same("IDEE idee", "de"));
    CHECK(same("INDUSTRIE industrie", "fr"));
    CHECK(same("IŞIK ışık isik", "tr"));  // also typed without Turkish letters
}

TEST_CASE("languages: right-to-left text passes whole, marks and hamzas aside") {
    CHECK(words_of("السكن حق للجميع!", "ar") == Words{"السكن", "حق", "للجميع"});
    CHECK(same("أحمد احمد", "ar"));
    CHECK(same("مدرسة مدرسه", "ar"));
    CHECK(same("مستشفى مستشفي", "ar"));
    TermIndex index(all());
    index.add(test::said_id(1), VoiceId{1}, "الحَقُّ في السَّكَن", "ar");
    index.add(test::said_id(2), VoiceId{2}, "السكن", "ar");
    index.add(test::said_id(3), VoiceId{3}, "logement / السكن", "fr");
    std::uint32_t most = 0;
    std::string shown;
    for (std::uint32_t i = 0; i < index.size(); ++i) {
        if (index[i].weight > most) {
            most = index[i].weight;
            shown = index[i].shown;
        }
    }
    CHECK(most >= 2);
    CHECK(shown.find("س") != std::string::npos);
}

TEST_CASE("languages: a ninth is left out, and one without a stemmer still counts") {
    auto lists = all();
    lists.push_back({"nl", {"de", "het", "een"}});
    TextAnalyser analyser(lists);
    CHECK(analyser.analyse("de woningen", "nl").language != "nl");
    TextAnalyser basque({{"xx", {"eta"}}});
    const auto read = basque.analyse("etxe eta etxea", "xx");
    CHECK(read.language == "xx");
    CHECK(read.words.size() == 2);
}
