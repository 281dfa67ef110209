#!/usr/bin/env bash
# Makes docs/pictures/faces.png, the four faces of the demo as the program itself draws them, each another way, and
# docs/pictures/desk.jpg, the producer's desk at that moment. The pages are built before (make pages).
set -euo pipefail
cd "$(dirname "$0")/../.."

tribune=${TRIBUNE:-build/release/tribune}
data=$(mktemp -d)
"$tribune" run assets/shows/demo.toml --data "$data" --port 0 --headless >"$data/out" &
show=$!
trap 'kill $show; wait $show || true; rm -rf "$data"' EXIT
until url=$(grep -om1 "http://127.0.0.1:[0-9]*" "$data/out" 2>/dev/null); do kill -0 $show; done

node tools/demo/arrange.mjs "$url" "$data/keys.json"
"$tribune" rehearse "$url" --key-file "$data/keys.json" --tables 24 --rate 6 --seconds 10 --json
# The last words come to rest.
sleep 2
for face in north east south west; do
    "$tribune" snapshot "$url" --key-file "$data/keys.json" --face $face -o "$data/$face.png"
done
mkdir -p docs/pictures
node tools/demo/desk.mjs "$url" "$data/keys.json" docs/pictures/desk.jpg
ffmpeg -nostdin -loglevel error -y -i "$data/north.png" -i "$data/east.png" -i "$data/south.png" -i "$data/west.png" \
    -filter_complex '[0]pad=968:548:4:4[a];[1]pad=968:548:4:4[b];[2]pad=968:548:4:4[c];[3]pad=968:548:4:4[d];[a][b][c][d]xstack=inputs=4:layout=0_0|w0_0|0_h0|w0_h0,scale=1280:-2:flags=lanczos,split[p][q];[p]palettegen=stats_mode=single[r];[q][r]paletteuse=dither=sierra2_4a' \
    -frames:v 1 docs/pictures/faces.png
