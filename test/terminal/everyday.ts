/** What people type all day, and what must never make a sound. */
export const everyday: readonly string[] = `
git status
git add -A
git commit -m "jupyter lab --ip=0.0.0.0 no more"
git log --oneline --grep="0.0.0.0"
git push origin main
git pull --rebase
git checkout -b fix/jupyter-0.0.0.0
git diff HEAD~1 -- docker/compose.yaml
git grep -n "mlflow server --host 0.0.0.0"
git stash pop
git rebase -i HEAD~3
git clone https://github.com/vllm-project/vllm.git
git tag v1.2.3
git bisect start
git blame scripts/start.sh
git show HEAD:compose.yaml
git remote -v
git config --global user.name "Ada"
git fetch --all --prune
git merge --no-ff feature
ls
ls -la
ls -la ~/notebooks
cd ~/project
cd -
pwd
cat start.sh
cat compose.yaml | grep ports
less README.md
head -n 20 train.log
tail -f jupyter.log
tail -f /var/log/syslog
mkdir -p runs/exp1
rm -rf build
cp -r a b
mv a.txt b.txt
touch .env
ln -s /data data
chmod +x start.sh
chown -R ada:ada .
find . -name "*.ipynb"
find . -type f -exec grep -l "0.0.0.0" {} +
grep -r "0.0.0.0" .
grep -rn "jupyter lab --ip=0.0.0.0" docs/
rg "allow-root"
rg -n --hidden 'NotebookApp.token'
sed -i 's/0.0.0.0/127.0.0.1/' start.sh
sed -n 1,20p compose.yaml
awk '{print $2}' hosts
sort names | uniq -c
wc -l *.py
du -sh *
df -h
free -g
top
htop
nvidia-smi
watch -n 1 nvidia-smi
nvtop
ps aux | grep jupyter
ps -ef | grep "vllm serve"
pgrep -fa mlflow
pkill -f "jupyter lab"
kill -9 12345
killall jupyter-lab
echo "jupyter lab --ip=0.0.0.0"
echo 'mlflow server --host 0.0.0.0' >> notes.md
printf '%s\\n' "ray start --head --dashboard-host 0.0.0.0"
printf 'jupyter lab --ip=0.0.0.0' | pbcopy
history | grep jupyter
history | tail
man jupyter
man ssh
man docker-run
tldr mlflow
which jupyter
type jupyter
command -v vllm
whereis ray
alias jl='jupyter lab --ip=0.0.0.0'
export PATH=$HOME/bin:$PATH
export CUDA_VISIBLE_DEVICES=0
env | grep JUPYTER
unset JUPYTER_TOKEN
source ~/.bashrc
source .venv/bin/activate
. .venv/bin/activate
conda activate base
conda env list
conda install jupyterlab
mamba install -c conda-forge mlflow
pip install jupyterlab mlflow vllm
pip install -r requirements.txt
pip show jupyter
pip list | grep ray
pip freeze > requirements.txt
uv pip install ray
uv sync
uv run pytest
poetry install
poetry add mlflow
pipx install jupyterlab
npm install
npm test
npm run build
npm run lint -- --fix
npx prettier --check .
yarn install
pnpm install
pnpm build
make
make test
make -j8 all
cmake --build build
cargo build --release
cargo test
go test ./...
python train.py
python train.py --host 0.0.0.0
python3 -m venv .venv
python -m pip install -U pip
python -m pytest -q
python -m json.tool x.json
python -c "print('jupyter lab --ip=0.0.0.0')"
python manage.py migrate
python setup.py sdist
ipython
pytest -q
pytest -k "jupyter and not slow"
ruff check .
mypy src
black .
pre-commit run -a
jupyter --version
jupyter lab --version
jupyter lab list
jupyter server list
jupyter notebook stop 8888
jupyter server stop 8888
jupyter kernelspec list
jupyter lab build
jupyter lab
jupyter notebook
jupyter lab --no-browser
jupyter lab --ip=127.0.0.1 --port 8889
jupyter lab --ip=localhost
jupyter nbconvert --to html a.ipynb
jupyter --paths
mlflow --version
mlflow ui
mlflow server
mlflow server --host 127.0.0.1 --port 5001
mlflow experiments search
mlflow runs list --experiment-id 0
mlflow run . -P alpha=0.5
tensorboard --logdir runs
tensorboard --logdir runs --port 6007
tensorboard --version
ray --version
ray status
ray stop
ray start --address=10.0.0.1:6379
ray job submit -- python train.py
vllm --help
vllm serve --help
vllm bench latency
vllm serve facebook/opt-125m --host 127.0.0.1
ollama list
ollama run llama3
docker ps
docker ps -a
docker images
docker pull quay.io/jupyter/base-notebook
docker build -t lab .
docker logs -f lab
docker stop lab
docker rm -f lab
docker exec -it lab bash
docker inspect lab
docker run --rm hello-world
docker run --rm -it python:3.12 python
docker run --rm -p 127.0.0.1:8888:8888 quay.io/jupyter/base-notebook
docker run -d --name db -p 5432:5432 postgres
docker run --rm -it --gpus all nvidia/cuda:12.4.0-base-ubuntu22.04 nvidia-smi
docker compose ps
docker compose down
docker compose logs -f
docker compose build
docker compose config
docker compose pull
docker system prune -f
docker network ls
docker volume ls
podman ps
kubectl get pods
kubectl get svc -A
kubectl describe pod jupyter-0
kubectl logs -f jupyter-0
kubectl apply -f k8s/
kubectl port-forward svc/jupyter 8888:8888
kubectl exec -it jupyter-0 -- bash
kubectl config get-contexts
helm list
helm upgrade --install hub jupyterhub/jupyterhub
terraform plan
ansible-playbook site.yml
ssh gpubox
ssh gpubox uptime
ssh -L 8888:localhost:8888 gpubox
ssh -N -L 127.0.0.1:6006:localhost:6006 gpubox
ssh gpubox 'nvidia-smi'
ssh gpubox "grep -r '0.0.0.0' /etc"
scp a.txt gpubox:
rsync -av . gpubox:project/
sftp gpubox
ssh-keygen -t ed25519
ssh-add -l
curl http://0.0.0.0:8888/api
curl -s http://localhost:5000/health
curl -X POST http://127.0.0.1:8000/v1/completions -d '{"host":"0.0.0.0"}'
wget https://example.com/jupyter.tar.gz
ping -c1 0.0.0.0
nc -zv localhost 8888
ss -ltnp
netstat -an | grep 0.0.0.0
lsof -i :8888
ip addr
ip route add default via 0.0.0.0
tmux ls
tmux attach -t train
tmux new -s jupyter
screen -ls
nohup python train.py > log 2>&1 &
sbatch train.slurm
squeue -u ada
scancel 123
srun --gres=gpu:1 nvidia-smi
vim start-jupyter.sh
nano compose.yaml
code .
code scripts/start-lab.sh
time python train.py
sudo apt-get install jupyter-core
sudo systemctl status jupyter
sudo systemctl restart nginx
crontab -l
tar czf runs.tgz runs
unzip data.zip
jq .ports package.json
yq '.services.jupyter.ports' compose.yaml
diff a.sh b.sh
for f in *.ipynb; do echo "$f"; done
while true; do date; sleep 1; done
true && echo ok || echo "jupyter lab --ip=0.0.0.0 failed"
cat <<EOF
jupyter lab --ip=0.0.0.0
EOF
# jupyter lab --ip=0.0.0.0
exit
clear
`
  .trim()
  .split(/\n(?!jupyter lab --ip=0\.0\.0\.0\nEOF|EOF)/);
