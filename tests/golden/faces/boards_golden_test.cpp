// What boards look like on the CPU painter, held against pictures in tests/golden/pictures: 5/255 a channel, 0.1 % of the
// pixels may be further off. TRIBUNE_REBASELINE=1 writes them anew: look at them before you commit.
// TRIBUNE_BOARDS=FOLDER writes every board in full size there.
#include <png.h>

#include <array>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "cpu/cpu_painter.hpp"
#include "show/boards.hpp"
#include "support/board_hall.hpp"
#include "support/source_dir.hpp"
#include "text/shaper.hpp"

using namespace tribune;

namespace {

constexpr int channel_tolerance = 5;
constexpr double pixel_share = 0.001;

struct Said {
    ContributionKind kind;
    const char* title;
    const char* text;
};
constexpr auto idea = ContributionKind::idea, question = ContributionKind::question, means = ContributionKind::means,
               criticism = ContributionKind::criticism;
constexpr std::array evening{
    Said{idea, "Des bancs à l'ombre",
         "Il n'y a plus un seul banc entre l'école et la pharmacie. Les anciens ne sortent plus l'été."},
    Said{question, "", "Qui décide de l'heure du dernier bus, et peut-on lui parler ?"},
    Said{means, "Le local du 12",
         "Le local du rez-de-chaussée est vide depuis trois ans : qu'on nous prête les clés deux soirs par semaine."},
    Said{criticism, "", "On nous consulte toujours quand tout est déjà décidé."},
    Said{idea, "Un marché le mercredi",
         "Un petit marché de producteurs sur la place, même dix étals, ferait revenir du monde."},
    Said{idea, "", "Un atelier de réparation de vélos tenu par les jeunes du quartier."},
    Said{criticism, "Le chauffage",
         "Dix-sept degrés dans les chambres tout l'hiver, et une facture qui double. On écrit, personne ne répond, "
         "puis on nous dit que le dossier a été transmis à un autre service."},
    Said{means, "", "Une heure par mois avec le bailleur, en bas de chez nous, sans rendez-vous."},
    Said{question, "La crèche",
         "Pourquoi faut-il onze mois pour une place en crèche, alors que deux salles sont fermées ?"},
    Said{idea, "Un numéro unique", "Un seul numéro, une seule personne qui suit le dossier jusqu'au bout."},
    Said{idea, "", "Planter des arbres fruitiers et pas seulement des arbustes de rond-point."},
    Said{criticism, "L'ascenseur",
         "En panne quarante jours cette année. Ma voisine de quatre-vingt-deux ans habite au sixième."},
    Said{means, "Les gardiens",
         "Remettre un gardien par îlot : quelqu'un qui connaît les gens, les clés et les tuyaux."},
    Said{question, "", "Le médecin part en juin. Qui le remplace ?"},
    Said{idea, "Les soirs d'été",
         "Ouvrir la cour de l'école après dix-sept heures : c'est le seul endroit frais du quartier."},
    Said{idea, "", "Une laverie commune, moins chère que celle du centre, avec un coin pour attendre et parler."},
    Said{criticism, "Les trottoirs", "Avec une poussette on marche sur la route."},
    Said{means, "Des interprètes",
         "Pour les papiers, il faudrait des personnes qui traduisent, une matinée par semaine, en arabe, en tamoul et "
         "en portugais."},
    Said{question, "La lumière", "Pourquoi la rue des Lilas est-elle noire depuis novembre ?"},
    Said{idea, "La fête", "Reprendre la fête des voisins, mais avec la rue entière fermée aux voitures."},
    Said{idea, "", "Que chaque décision du conseil soit affichée dans les halls, en grand, en dix lignes."},
    Said{criticism, "", "Les jeunes de quinze ans n'ont nulle part où aller quand il pleut."},
    Said{means, "Les potagers",
         "Trois mille mètres carrés dorment derrière le gymnase : de quoi faire soixante parcelles."},
    Said{question, "", "Combien coûte vraiment la tour qu'on veut démolir, et combien coûterait-elle à réparer ?"},
};
constexpr std::array theme_titles{"Des lieux pour se retrouver", "Le logement et le chauffage",
                                  "Se déplacer le soir",         "Être entendus avant que tout soit décidé",
                                  "Les enfants et la crèche",    "De l'ombre et des arbres",
                                  "Se soigner près de chez soi", "Entretenir ce qui existe",
                                  "Les papiers et la langue"};

void fill_evening(test::BoardHall& hall) {
    std::size_t n = 0;
    for (int i = 0; i < 60; ++i, ++n) {
        const Said& s = evening[n % evening.size()];
        hall.say((i * 7) % 24 + 1, s.text, i * 5.0, s.kind, s.title, "fr");
    }
    for (std::size_t t = 0; t < theme_titles.size(); ++t) {
        Gather gather;
        for (std::size_t i = t * t % 9; i < 60; i += t + 3) gather.contributions.push_back(hall.ids[i]);
        gather.title = theme_titles[t];
        hall.run(gather, 320 + static_cast<double>(t));
    }
    hall.run(SetTension{{}, 0, "La cour de l'école, le soir", {{hall.ids[14], 0}, {hall.ids[3], 0}}}, 340);
    hall.run(OpenTension{1, true}, 341);
    hall.run(SetPoll{0,
                     PollKind::single,
                     "Par quoi commencer dès le mois prochain ?",
                     {"Ouvrir la cour de l'école le soir", "Un gardien par îlot", "Le petit marché du mercredi",
                      "Une permanence du bailleur"}},
             342);
    hall.run(OpenPoll{1}, 342);
    for (int v = 0; v < 180; ++v) {
        const Speaker from{DeviceId(fmt::format("p{}", v)), {}};
        hall.run(Introduce{from, {{v % 24 + 1}, ""}}, 343);
        hall.run(Weigh{from, 1, 0, v % 24 < 3 ? Stance::disagree : v % 9 == 0 ? Stance::pass : Stance::agree}, 343);
        hall.run(Weigh{from, 1, 1,
                       v % 24 < 3 || v % 5 < 2 ? Stance::agree
                       : v % 11 == 0           ? Stance::pass
                                               : Stance::disagree},
                 343);
        hall.run(Vote{from,
                      1,
                      {static_cast<std::uint32_t>(v % 10 < 4   ? 0
                                                  : v % 10 < 7 ? 1
                                                  : v % 10 < 9 ? 2
                                                               : 3)}},
                 344);
    }
    hall.run(OpenTension{1, false}, 350);
    hall.run(ClosePoll{1, true}, 351);
    hall.run(HoldBack{{hall.ids[30], hall.ids[41]}, HoldReason::repeated, ""}, 352);
    hall.run(HoldBack{{hall.ids[33]}, HoldReason::personal_data, ""}, 353);
    hall.run(SetOutcome{{}, 6, "Quarante arbres d'ombre plantés cet hiver ; la liste des rues est affichée en mairie."},
             360);
    hall.run(SetOutcome{{hall.ids[2]}, 0, "Adopté. Clés remises à l'association le 3 mars, mardis et jeudis."}, 361);
    hall.run(
        SetOutcome{{hall.ids[8]}, 0, "Étudié : une des deux salles rouvre en septembre, l'autre attend des travaux."},
        362);
    hall.run(SetOutcome{{}, 2, "Le bailleur s'engage sur 19 degrés ; relevés publics chaque semaine."}, 363);
    hall.run(SetSpotlight{hall.ids[11]}, 380);
    PlanRotation wanted;
    wanted.wish.tables = 12;
    wanted.wish.seats = 6;
    wanted.wish.rounds = 4;
    wanted.wish.people = 70;
    hall.run(wanted, 381);
    const auto planned = plan_rotation(wanted.wish);
    REQUIRE(planned);
    hall.run(SeatRotation{wanted, 0, *planned}, 382);
}

struct Image {
    Size size;
    std::vector<std::uint8_t> bgra;
};

void write_png(const std::filesystem::path& file, const Image& image) {
    png_image png{};
    png.version = PNG_IMAGE_VERSION;
    png.width = static_cast<png_uint_32>(image.size.width);
    png.height = static_cast<png_uint_32>(image.size.height);
    png.format = PNG_FORMAT_BGRA;
    REQUIRE(png_image_write_to_file(&png, file.c_str(), 0, image.bgra.data(), 0, nullptr) != 0);
}

double far_off(const Image& a, const std::filesystem::path& file) {
    png_image png{};
    png.version = PNG_IMAGE_VERSION;
    if (png_image_begin_read_from_file(&png, file.c_str()) == 0) return 1;
    png.format = PNG_FORMAT_BGRA;
    std::vector<std::uint8_t> b(PNG_IMAGE_SIZE(png));
    if (png_image_finish_read(&png, nullptr, b.data(), 0, nullptr) == 0 || b.size() != a.bgra.size()) return 1;
    std::size_t far = 0;
    for (std::size_t i = 0; i < b.size(); i += 4) {
        int most = 0;
        for (std::size_t c = 0; c < 3; ++c) most = std::max(most, std::abs(int{a.bgra[i + c]} - int{b[i + c]}));
        far += most > channel_tolerance ? 1U : 0U;
    }
    return static_cast<double>(far) / static_cast<double>(b.size() / 4);
}

class Painted {
  public:
    explicit Painted(Size size) {
        auto made = Shaper::create();
        REQUIRE(made);
        shaper_ = *std::move(made);
        auto cpu = CpuPainter::create();
        REQUIRE(cpu);
        cpu_ = *std::move(cpu);
        hall_ = std::make_unique<test::BoardHall>(size, shaper_.get());
        fill_evening(*hall_);
    }
    Image board(std::string_view name, double at) {
        hall_->show(name);
        const FramePlan plan = hall_->plan_at(at);
        REQUIRE(cpu_->paint(plan));
        const ImageView view = cpu_->pixels(0);
        Image image{view.size, {}};
        for (int y = 0; y < view.size.height; ++y) {
            const auto* row = view.data + static_cast<std::ptrdiff_t>(y) * view.stride;
            image.bgra.insert(image.bgra.end(), row, row + static_cast<std::ptrdiff_t>(view.size.width) * 4);
        }
        return image;
    }

  private:
    std::unique_ptr<Shaper> shaper_;
    std::unique_ptr<CpuPainter> cpu_;
    std::unique_ptr<test::BoardHall> hall_;
};

}  // namespace

TEST_CASE("boards look as they were approved") {
    Painted small({960, 540});
    const auto pictures = test::source_dir() / "tests" / "golden" / "pictures";
    for (const std::string name : {"voices", "themes", "tensions", "results"}) {
        const Image image = small.board(name, 609);
        const auto file = pictures / ("board-" + name + "-cpu.png");
        if (std::getenv("TRIBUNE_REBASELINE") != nullptr) write_png(file, image);
        const double share = far_off(image, file);
        if (share > pixel_share)
            write_png(std::filesystem::temp_directory_path() / ("tribune-board-" + name + ".png"), image);
        INFO(name << ": " << share * 100 << " % of the pixels differ; the new picture is in the temporary folder");
        CHECK(share <= pixel_share);
    }
    const char* folder = std::getenv("TRIBUNE_BOARDS");
    if (folder == nullptr) return;
    Painted large({1920, 1080});
    for (const auto& kind : board_kinds) {
        write_png(std::filesystem::path(folder) / (std::string(kind.name) + ".png"), large.board(kind.name, 609));
        write_png(std::filesystem::path(folder) / (std::string(kind.name) + "-small.png"), small.board(kind.name, 609));
    }
}
